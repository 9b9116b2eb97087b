# METADATA
# scope: package
# description: Makes model card documents for tests of controls. Not part of the bundle.
package policyctl.testing.model_card

# METADATA
# description: A document of one card. `facts` overrides the defaults of an empty Hugging Face model card.
card(facts, parameters, system) := {
	"kind": "model_card",
	"subject": {"id": "README.md", "path": "README.md"},
	"system": system,
	"as_of": "2026-11-21",
	"profile": {"parameters": parameters, "enforcement": {}},
	"gaps": [],
	"facts": object.union(
		{
			"id": "README.md",
			"format": "hugging_face",
			"subject_type": "model",
			"metadata_present": true,
			"licences": [],
			"licence_statements": [],
			"base_models": [],
			"datasets": [],
			"languages": [],
			"tags": [],
			"owners": [],
			"contacts": [],
			"sections": [],
			"results": [],
			"placeholders": 0,
		},
		facts,
	),
}

# METADATA
# description: A section of a kind that holds this many words.
section(kind, words) := {"kind": kind, "heading": kind, "line": 1, "words": words, "placeholder": false}
