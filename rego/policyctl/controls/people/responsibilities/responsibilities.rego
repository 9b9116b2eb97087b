package policyctl.controls.people.responsibilities

import data.policyctl.lib.entry
import data.policyctl.lib.people

resources := {input.facts.id}

# METADATA
# description: Nobody works for the system by this record.
findings contains finding if {
	count(people.listed) == 0

	finding := {
		"code": "no_people",
		"resource": input.facts.id,
		"message": "it is not recorded who works for the system",
		"path": ["people"],
	}
}

# METADATA
# description: A task that somebody must have is nobody's as of the day.
findings contains finding if {
	some task in _tasks
	count(people.serving(task)) == 0

	finding := {
		"code": sprintf("no_%s", [task]),
		"resource": input.facts.id,
		"message": sprintf("nobody is assigned to this task for the system as of %s: %s", [input.as_of, task]),
		"path": ["people"],
	}
}

# METADATA
# description: It is not said what somebody has to do, or to whom they report.
findings contains finding if {
	some index, person in people.listed
	people.assignment(person) != "expired"
	some key, said in {"duties": "what they have to do", "reports_to": "to whom they report"}
	entry.says(person, key) == false

	finding := {
		"code": sprintf("no_%s", [key]),
		"resource": input.facts.id,
		"message": sprintf("of %s it is not recorded: %s", [people.name(index), said]),
		"path": ["people", index, key],
	}
}

# METADATA
# description: People report to themselves.
findings contains finding if {
	some index, person in people.listed
	people.assignment(person) != "expired"
	entry.says(person, "reports_to")
	some key in ["name", "function"]
	entry.says(person, key)
	_key(person.reports_to) == _key(person[key])

	finding := {
		"code": "reports_to_self",
		"resource": input.facts.id,
		"message": sprintf("%s reports to themselves: %s", [people.name(index), person.reports_to]),
		"path": ["people", index, "reports_to"],
	}
}

# METADATA
# description: It cannot be told what a person does, or since when, or who it is.
undetermined contains undecided if {
	some index in people.unclear

	undecided := {
		"resource": input.facts.id,
		"path": ["people", index, "tasks"],
		"reason": sprintf("it is not recorded what %s does for the system", [people.name(index)]),
	}
}

undetermined contains undecided if {
	some index in people.undated

	undecided := {
		"resource": input.facts.id,
		"path": ["people", index, "first_day"],
		"reason": sprintf("it is not recorded from which day to which %s works for the system", [people.name(index)]),
	}
}

undetermined contains undecided if {
	some index, person in people.listed
	people.assignment(person) != "expired"
	some key in ["name", "function"]
	entry.says(person, key) == false

	undecided := {
		"resource": input.facts.id,
		"path": ["people", index, key],
		"reason": sprintf("the %s is not recorded of %s", [key, people.name(index)]),
	}
}

_key(text) := trim_space(lower(text))

_tasks := input.profile.parameters.people.responsibilities.tasks
