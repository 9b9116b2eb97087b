package policyctl.controls.people.separation

import data.policyctl.lib.entry
import data.policyctl.lib.people

resources := {input.facts.id}

# METADATA
# description: Nobody assesses the system as of the day.
findings contains finding if {
	count(people.serving("assessment")) == 0

	finding := {
		"code": "no_assessor",
		"resource": input.facts.id,
		"message": sprintf("nobody is assigned to assess the system as of %s", [input.as_of]),
		"path": ["people"],
	}
}

# METADATA
# description: Everybody who assesses the system develops it, or has developed it.
findings contains finding if {
	assessors := people.serving("assessment")
	count(assessors) > 0
	every person in assessors {
		_key(entry.value(person, "name")) in _developers
	}

	finding := {
		"code": "only_developers",
		"resource": input.facts.id,
		"message": sprintf("only people who developed the system assess it: %s", [concat(", ", sort({people.name(index) | some index, _ in assessors}))]),
		"path": ["people", min(object.keys(assessors)), "tasks"],
	}
}

# METADATA
# description: It cannot be told what a person does, or since when, or who it is.
undetermined contains undecided if {
	some index in people.unclear
	undecided := _unclear(["people", index, "tasks"], sprintf("it is not recorded what %s does for the system", [people.name(index)]))
}

undetermined contains undecided if {
	some index, _ in people.with_task("assessment")
	index in people.undated
	undecided := _unclear(
		["people", index, "first_day"],
		sprintf("it is not recorded from which day to which %s assesses the system", [people.name(index)]),
	)
}

undetermined contains undecided if {
	some index, person in people.listed
	entry.says(person, "name") == false
	some task in ["assessment", "development"]
	task in entry.listed(entry.value(person, "tasks"))
	undecided := _unclear(["people", index, "name"], sprintf("the name is not recorded of %s", [people.name(index)]))
}

_unclear(path, reason) := {"resource": input.facts.id, "path": path, "reason": reason}

# Whoever has left that task still knows the system as its author.
_developers := {_key(person.name) |
	some person in people.listed
	entry.says(person, "name")
	"development" in entry.listed(entry.value(person, "tasks"))
}

_key(name) := trim_space(lower(name)) if {
	is_string(name)
} else := ""
