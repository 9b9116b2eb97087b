# METADATA
# scope: package
# description: Makes documents of bills of materials for tests of controls. Not part of the bundle.
package policyctl.testing.bom

# METADATA
# description: A document of one BOM. `facts` overrides the defaults of an empty one.
bom(facts, parameters) := {
	"kind": "bom",
	"subject": {"id": "bom.json", "path": "bom.json"},
	"system": {},
	"as_of": "2026-11-21",
	"profile": {"parameters": parameters, "enforcement": {}},
	"gaps": [],
	"facts": object.union(
		{
			"id": "bom.json",
			"format": "cyclonedx",
			"tools": [],
			"creators": [],
			"signed": false,
			"models": [],
			"datasets": [],
			"defects": [],
		},
		facts,
	),
}

# METADATA
# description: A model of which nothing is said but its name, with these changes.
model(changes) := object.union(
	{
		"id": "acme/scorer",
		"path": ["components", 0],
		"name": "acme/scorer",
		"hashes": [],
		"files": [],
		"licences": [],
		"parties": [],
		"sections": [],
		"training_data": [],
		"metrics": [],
		"aggregates": [],
	},
	changes,
)

# METADATA
# description: A dataset of which nothing is said but its name, with these changes.
dataset(changes) := object.union(
	{
		"id": "applications",
		"path": ["components", 1],
		"name": "applications",
		"inline": false,
		"licences": [],
		"parties": [],
		"sections": [],
	},
	changes,
)

# METADATA
# description: A document of a BOM that lists one model, with these changes.
of_model(changes, parameters) := bom({"models": [model(changes)]}, parameters)
