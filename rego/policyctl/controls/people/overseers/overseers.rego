package policyctl.controls.people.overseers

import data.policyctl.lib.entry
import data.policyctl.lib.people
import data.policyctl.lib.record
import data.policyctl.lib.wording

resources := {input.facts.id}

# METADATA
# description: Nobody oversees the system as of the day.
findings contains finding if {
	count(people.serving("oversight")) == 0

	finding := {
		"code": "no_overseer",
		"resource": input.facts.id,
		"message": sprintf("nobody is assigned to oversee the system as of %s", [input.as_of]),
		"path": ["people"],
	}
}

# METADATA
# description: A group, an address or nobody is named in the place of a person.
findings contains finding if {
	some index, person in people.with_task("oversight")
	name := entry.value(person, "name")
	wording.names_person(name) == false

	finding := {
		"code": "no_person",
		"resource": input.facts.id,
		"message": sprintf("no natural person is named who oversees the system: %s", [people.name(index)]),
		"path": ["people", index, "name"],
	}
}

# METADATA
# description: It is not said what the person is, or knows.
findings contains finding if {
	some index, person in people.with_task("oversight")
	some key, said in {"function": "function", "competence": "competence for overseeing the system"}
	entry.says(person, key) == false

	finding := {
		"code": sprintf("no_%s", [key]),
		"resource": input.facts.id,
		"message": sprintf("no %s is recorded of %s", [said, people.name(index)]),
		"path": ["people", index, key],
	}
}

# METADATA
# description: The person was not trained.
findings contains finding if {
	some index, person in people.with_task("oversight")
	count(_trainings(person)) == 0

	finding := {
		"code": "no_training",
		"resource": input.facts.id,
		"message": sprintf("no training of %s is recorded", [people.name(index)]),
		"path": ["people", index, "training"],
	}
}

# METADATA
# description: The person began before the first training was completed.
findings contains finding if {
	some index, person in people.with_task("oversight")
	first_day := entry.value(person, "first_day")
	record.is_day(first_day)
	count(_undated(person)) == 0
	first := min({training.day | some training in _trainings(person)})
	first_day < first

	finding := {
		"code": "trained_late",
		"resource": input.facts.id,
		"message": sprintf("%s oversees the system from %s on and was first trained on %s", [people.name(index), first_day, first]),
		"path": ["people", index, "first_day"],
	}
}

# METADATA
# description: None of the trainings counts as of the day, or, for who is still to begin, on the first day.
findings contains finding if {
	some index, person in people.with_task("oversight")
	count(_trainings(person)) > 0
	count(_undated(person)) == 0
	day := _day(person)
	count({at | some at, training in _trainings(person); entry.state(training.day, _last_day(training), day) == "in_force"}) == 0

	finding := {
		"code": "training_expired",
		"resource": input.facts.id,
		"message": sprintf("no training of %s counts on %s", [people.name(index), day]),
		"path": ["people", index, "training"],
	}
}

# METADATA
# description: What shows the training is not named by its digest, is not there, or is another document.
findings contains finding if {
	some index, person in people.with_task("oversight")
	some at, training in _trainings(person)
	some code in record.evidence_defects(entry.value(training, "evidence"))

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf("%s: the training of %s", [_said[code], people.name(index)]),
		"path": ["people", index, "training", at, "evidence"],
	}
}

# METADATA
# description: It cannot be told what a person does, or since when.
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

# METADATA
# description: It cannot be told from when to when a training counts.
undetermined contains undecided if {
	some index, person in people.with_task("oversight")
	some at in _undated(person)
	undecided := _unclear(
		["people", index, "training", at],
		sprintf("it is not recorded from which day to which a training of %s counts, or that it has no end", [people.name(index)]),
	)
}

_unclear(path, reason) := {"resource": input.facts.id, "path": path, "reason": reason}

_trainings(person) := entry.listed(entry.value(person, "training"))

_undated(person) := {at |
	some at, training in _trainings(person)
	false in {record.is_day(entry.value(training, "day")), record.is_day(_last_day(training))}
}

_day(person) := person.first_day if {
	people.assignment(person) == "not_begun"
} else := input.as_of

_last_day(training) := "9999-12-31" if {
	entry.value(training, "lasting") == true
	not "last_day" in object.keys(training)
} else := entry.value(training, "last_day")

_said := {
	"no_evidence": "no document is named with its SHA-256 digest",
	"evidence_changed": "the document is not the one that was recorded",
	"evidence_missing": "the document is not where the record says",
}
