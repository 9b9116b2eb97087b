package policyctl.controls.people.deputies

import data.policyctl.lib.entry
import data.policyctl.lib.people

resources := {input.facts.id}

# METADATA
# description: Nobody stands in.
findings contains finding if {
	some index, person in people.serving("oversight")
	entry.says(person, "deputy") == false

	finding := {
		"code": "no_deputy",
		"resource": input.facts.id,
		"message": sprintf("nobody is named who stands in for %s", [people.name(index)]),
		"path": ["people", index, "deputy"],
	}
}

# METADATA
# description: People stand in for themselves.
findings contains finding if {
	some index, person in people.serving("oversight")
	entry.says(person, "deputy")
	_key(person.deputy) == _key(people.name(index))

	finding := {
		"code": "own_deputy",
		"resource": input.facts.id,
		"message": sprintf("%s is to stand in for themselves", [people.name(index)]),
		"path": ["people", index, "deputy"],
	}
}

# METADATA
# description: Who stands in has not that task as of the day.
findings contains finding if {
	some index, person in people.serving("oversight")
	entry.says(person, "deputy")
	deputy := _key(person.deputy)
	not deputy in _overseers

	finding := {
		"code": "deputy_not_assigned",
		"resource": input.facts.id,
		"message": sprintf("%s, who stands in for %s, is not assigned to oversee the system on %s", [person.deputy, people.name(index), input.as_of]),
		"path": ["people", index, "deputy"],
	}
}

# METADATA
# description: Nobody oversees the system as of the day, so that nobody can stand in.
undetermined contains undecided if {
	count(people.serving("oversight")) == 0
	undecided := _unclear(["people"], "it is not recorded who oversees the system, so that it cannot be told who stands in")
}

# METADATA
# description: It cannot be told what a person does, or since when, or who it is.
undetermined contains undecided if {
	some index in people.unclear
	undecided := _unclear(["people", index, "tasks"], sprintf("it is not recorded what %s does for the system", [people.name(index)]))
}

undetermined contains undecided if {
	some index, _ in people.with_task("oversight")
	index in people.undated
	undecided := _unclear(
		["people", index, "first_day"],
		sprintf("it is not recorded from which day to which %s oversees the system", [people.name(index)]),
	)
}

undetermined contains undecided if {
	some index, person in people.serving("oversight")
	entry.says(person, "name") == false
	undecided := _unclear(["people", index, "name"], sprintf("the name is not recorded of %s", [people.name(index)]))
}

_unclear(path, reason) := {"resource": input.facts.id, "path": path, "reason": reason}

_overseers := {_key(person.name) | some person in people.serving("oversight"); entry.says(person, "name")}

_key(name) := trim_space(lower(name))
