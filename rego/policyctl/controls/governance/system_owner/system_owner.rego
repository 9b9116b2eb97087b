package policyctl.controls.governance.system_owner

import data.policyctl.lib.wording

resources := {input.facts.id}

# METADATA
# description: No owner is named, or a placeholder stands there.
findings contains finding if {
	wording.says_something(_owner) == false

	finding := {
		"code": "no_owner",
		"resource": input.facts.id,
		"message": "nobody is named who answers for the system",
		"path": ["owner"],
	}
}

default _owner := null

_owner := input.facts.owner
