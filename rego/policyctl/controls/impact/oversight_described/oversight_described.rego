package policyctl.controls.impact.oversight_described

import data.policyctl.lib.wording

resources contains input.facts.id

# METADATA
# description: No measure of human oversight is described.
findings contains finding if {
	count(_oversight) == 0

	finding := {
		"code": "no_oversight",
		"resource": input.facts.id,
		"message": "no measure of human oversight is described",
		"path": ["oversight"],
	}
}

# METADATA
# description: A measure does not say what is done, or who does it.
findings contains finding if {
	some index, measure in _oversight
	some key in ["measure", "by"]
	text := object.get(measure, key, null)
	wording.says_something(text) == false

	finding := {
		"code": _lacks[key].code,
		"resource": input.facts.id,
		"message": sprintf(_lacks[key].message, [index + 1]),
		"path": ["oversight", index, key],
	}
}

_lacks := {
	"measure": {"code": "empty_measure", "message": "measure %d of human oversight is not described"},
	"by": {"code": "nobody_oversees", "message": "who carries out measure %d of human oversight is not stated"},
}

_oversight := [_object(listed) | some listed in _listed] if {
	is_array(_listed)
} else := []

_object(listed) := listed if {
	is_object(listed)
} else := {}

default _listed := []

_listed := input.facts.oversight
