package policyctl.controls.people.literacy

import data.policyctl.lib.entry
import data.policyctl.lib.people
import data.policyctl.lib.record

resources := {input.facts.id}

# METADATA
# description: Nobody works with the system by this record, so nobody can be reached by a measure.
findings contains finding if {
	count(people.listed) == 0

	finding := {
		"code": "no_people",
		"resource": input.facts.id,
		"message": "it is not recorded who develops, operates, oversees or uses the system",
		"path": ["people"],
	}
}

# METADATA
# description: No measure reaches a function that works with the system.
findings contains finding if {
	some index, person in people.listed
	people.assignment(person) != "expired"
	entry.says(person, "function")
	function := _key(person.function)
	not function in _reached

	finding := {
		"code": "not_reached",
		"resource": input.facts.id,
		"message": sprintf("no measure up to %s supports the AI literacy of this function: %s", [input.as_of, person.function]),
		"path": ["people", index, "function"],
	}
}

# METADATA
# description: A measure is named for people, and what is done is not said.
findings contains finding if {
	some index, measure in _measures
	entry.says(measure, "measure") == false

	finding := {
		"code": "no_measure",
		"resource": input.facts.id,
		"message": sprintf("it is not recorded what is done for the AI literacy of %s", [_for(measure)]),
		"path": ["literacy", index, "measure"],
	}
}

# METADATA
# description: It was to be done again.
findings contains finding if {
	some index, measure in _measures
	next := entry.value(measure, "next_day")
	record.is_day(next)
	next < input.as_of

	finding := {
		"code": "overdue",
		"resource": input.facts.id,
		"message": sprintf("the measure for %s was due again on %s", [_for(measure), next]),
		"path": ["literacy", index, "next_day"],
	}
}

# METADATA
# description: What shows the measure is not named by its digest, is not there, or is another document.
findings contains finding if {
	some index, measure in _measures
	some code in record.evidence_defects(entry.value(measure, "evidence"))

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf("%s: the measure for %s", [_said[code], _for(measure)]),
		"path": ["literacy", index, "evidence"],
	}
}

# METADATA
# description: It cannot be told what a person is.
undetermined contains undecided if {
	some index, person in people.listed
	people.assignment(person) != "expired"
	entry.says(person, "function") == false

	undecided := {
		"resource": input.facts.id,
		"path": ["people", index, "function"],
		"reason": sprintf("it is not recorded in which function %s works with the system", [people.name(index)]),
	}
}

# METADATA
# description: It cannot be told when a measure was taken, or when it is due again.
undetermined contains undecided if {
	some index, measure in _measures
	some key in {"day", "next_day"}
	record.is_day(entry.value(measure, key)) == false

	undecided := {
		"resource": input.facts.id,
		"path": ["literacy", index, key],
		"reason": sprintf("it is not recorded when the measure for %s was taken and when it is due again", [_for(measure)]),
	}
}

default _listed := null

_listed := input.facts.literacy

_measures := entry.listed(_listed)

# A measure reaches people once it was taken.
_reached contains _key(function) if {
	some measure in _measures
	day := entry.value(measure, "day")
	record.is_day(day)
	day <= input.as_of
	some function in _functions(measure)
}

_functions(measure) := record.statements(entry.value(measure, "functions"))

_key(function) := trim_space(lower(function))

_for(measure) := concat(", ", sort(_functions(measure))) if {
	count(_functions(measure)) > 0
} else := "an unknown function"

_said := {
	"no_evidence": "no document is named with its SHA-256 digest",
	"evidence_changed": "the document is not the one that was recorded",
	"evidence_missing": "the document is not where the record says",
}
