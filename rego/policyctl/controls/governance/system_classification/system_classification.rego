package policyctl.controls.governance.system_classification

import data.policyctl.lib.wording

resources := {input.facts.id}

# METADATA
# description: No role of the organisation under the AI Act is stated.
findings contains finding if {
	count([role | some role in input.facts.roles; wording.says_something(role)]) == 0

	finding := {
		"code": "no_role",
		"resource": input.facts.id,
		"message": "the organisation's role under the AI Act is not stated",
		"path": ["roles"],
	}
}

# METADATA
# description: No class of the system under the AI Act is stated.
findings contains finding if {
	count(input.facts.classes) == 0

	finding := {
		"code": "no_class",
		"resource": input.facts.id,
		"message": "the system's class under the AI Act is not stated",
		"path": ["classes"],
	}
}

# METADATA
# description: A class is stated and no reason for it.
findings contains finding if {
	some index, class in input.facts.classes
	wording.says_something(_basis(class)) == false

	finding := {
		"code": "no_basis",
		"resource": input.facts.id,
		"message": sprintf("nothing is said of what the class %v rests on", [_name(class)]),
		"path": ["classes", index],
	}
}

_basis(class) := class.basis if {
	is_string(class.id)
	class.basis
} else := null

_name(class) := class.id if {
	is_string(class.id)
} else := "(unnamed)"
