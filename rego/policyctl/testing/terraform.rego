# METADATA
# scope: package
# description: Makes Terraform plan documents for tests of controls. Not part of the bundle.
package policyctl.testing.terraform

# METADATA
# description: |
#   A document of these resources. Each is {"address": "aws_s3_bucket.a", …}; type and what is left out are filled in. References may
#   be written {"bucket": ["aws_s3_bucket.a.id"]}; those to resources of the plan are resolved, the others stay opaque.
plan(resources) := plan_for(resources, {})

# METADATA
# description: |
#   The same with parameters, as {"family": {"name": {"parameter": value}}}.
plan_for(resources, parameters) := {
	"kind": "terraform_plan",
	"subject": {"id": "plan.json", "path": "plan.json"},
	"system": {},
	"as_of": "2026-11-21",
	"profile": {"parameters": parameters, "enforcement": {}},
	"gaps": [],
	"facts": {
		"format_version": "1.2",
		"terraform_version": "1.11.4",
		"destroy_only": false,
		"carriers": [],
		"resources": {type: listed |
			some type in {_type(r.address) | some r in resources}
			listed := [_resource(r, resources) | some r in resources; _type(r.address) == type]
		},
		"referenced_by": {target: referrers |
			some target in {r.address | some r in resources}
			referrers := [_referrer(r, path, resources) |
				some r in resources
				some path, sources in object.get(r, "references", {})
				some source in sources
				_named(source, target)
			]
			count(referrers) > 0
		},
	},
}

_resource(given, resources) := object.union_n([
	{
		"type": _type(given.address),
		"name": split(given.address, ".")[1],
		"mode": "managed",
		"module": "",
		"provider": split(given.address, "_")[0],
		"action": "create",
		"values": {},
		"unknown": [],
		"computed": [],
		"masked": [],
		"opaque": [],
	},
	given,
	{"references": {path: resolved |
		some path, sources in object.get(given, "references", {})
		resolved := [_reference(source, resources) | some source in sources]
	}},
])

_reference(source, resources) := {
	"address": target.address,
	"type": _type(target.address),
	"attribute": trim_prefix(source, concat("", [target.address, "."])),
	"at": _at(target.address, resources),
} if {
	some target in resources
	_named(source, target.address)
} else := {"address": source, "type": "", "attribute": ""}

_referrer(resource, path, resources) := {
	"address": resource.address,
	"type": _type(resource.address),
	"at": _at(resource.address, resources),
	"path": path,
}

_named(source, address) if source == address

_named(source, address) if startswith(source, concat("", [address, "."]))

_at(address, resources) := [i | some i, r in [r | some r in resources; _type(r.address) == _type(address)]; r.address == address][0]

_type(address) := split(address, ".")[0]
