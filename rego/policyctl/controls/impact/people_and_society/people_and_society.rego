package policyctl.controls.impact.people_and_society

import data.policyctl.lib.record

resources contains input.facts.id

# METADATA
# description: The impact on individuals, on groups or on societies is not told, or one of them is a placeholder.
findings contains finding if {
	some key, listed in {"individuals": _individuals, "groups": _groups, "societies": _societies}
	record.all_say(listed) == false

	finding := {
		"code": concat("", ["no_", key]),
		"resource": input.facts.id,
		"message": sprintf("the impact on %s is not described, or one is a placeholder", [key]),
		"path": ["impacts", key],
	}
}

default _individuals := []

_individuals := input.facts.impacts.individuals

default _groups := []

_groups := input.facts.impacts.groups

default _societies := []

_societies := input.facts.impacts.societies
