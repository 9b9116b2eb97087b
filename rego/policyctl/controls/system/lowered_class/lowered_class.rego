package policyctl.controls.system.lowered_class

import data.policyctl.classification.classes
import data.policyctl.classification.review
import data.policyctl.classification.roles
import data.policyctl.lib.wording

resources := {input.facts.id}

# METADATA
# description: Something lowers the class, or contradicts what the description says otherwise.
findings contains finding if {
	some about in {entry.about | some entry in review.entries}
	whys := sort({sprintf("%s (%s)", [entry.why, entry.clause]) | some entry in review.entries; entry.about == about})

	finding := {
		"code": "to_review",
		"resource": input.facts.id,
		"message": sprintf("to be looked at again: %s: %s", [about, concat("; ", whys)]),
		"path": _path(about),
	}
}

# METADATA
# description: Not every class and role is decided, so that not all that lowers one can be told.
undetermined contains {"resource": input.facts.id, "path": ["answers"], "reason": reason} if {
	"unknown" in (_classes | _roles)
	reason := "not every class and role is decided, so that what lowers one cannot be told; policyctl system classify lists what is needed"
}

# METADATA
# description: No purpose is stated, or none that says something.
undetermined contains {"resource": input.facts.id, "path": ["purpose"], "reason": "no purpose is stated that the answers could be held against"} if {
	wording.says_something(_purpose) == false
}

_classes := {value | some by_route in classes.values; some value in by_route}

_roles := {value | some value in roles.values}

_path(about) := [about] if {
	about in {"roles", "classes"}
} else := ["answers"] if {
	about == "exemptions"
} else := ["answers", about]

default _purpose := null

_purpose := input.facts.purpose
