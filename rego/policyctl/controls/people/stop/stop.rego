package policyctl.controls.people.stop

import data.policyctl.lib.entry
import data.policyctl.lib.people

resources := {input.facts.id}

# METADATA
# description: Nobody oversees the system as of the day.
findings contains finding if {
	count(people.serving("oversight")) == 0

	finding := {
		"code": "no_overseer",
		"resource": input.facts.id,
		"message": sprintf("nobody is assigned to oversee the system as of %s, so nobody may stop it", [input.as_of]),
		"path": ["people"],
	}
}

# METADATA
# description: Of nobody who oversees the system as of the day it is said that they may do this.
findings contains finding if {
	count(people.serving("oversight")) > 0
	some power, said in {"disregard": "disregard an output of", "override": "override an output of", "stop": "stop"}
	count({index | some index, person in people.serving("oversight"); power in _powers(person)}) == 0

	finding := {
		"code": sprintf("nobody_may_%s", [power]),
		"resource": input.facts.id,
		"message": sprintf("nobody who oversees the system on %s may %s the system", [input.as_of, said]),
		"path": ["people"],
	}
}

# METADATA
# description: Somebody is to watch and may do nothing.
findings contains finding if {
	some index, person in people.with_task("oversight")
	count(_powers(person)) == 0

	finding := {
		"code": "no_powers",
		"resource": input.facts.id,
		"message": sprintf("it is not recorded what %s may do who oversees the system", [people.name(index)]),
		"path": ["people", index, "powers"],
	}
}

# METADATA
# description: It cannot be told what a person does, or since when.
undetermined contains undecided if {
	some index in people.unclear

	undecided := {
		"resource": input.facts.id,
		"path": ["people", index, "tasks"],
		"reason": sprintf("it is not recorded what %s does for the system", [people.name(index)]),
	}
}

undetermined contains undecided if {
	some index, _ in people.with_task("oversight")
	index in people.undated

	undecided := {
		"resource": input.facts.id,
		"path": ["people", index, "first_day"],
		"reason": sprintf("it is not recorded from which day to which %s oversees the system", [people.name(index)]),
	}
}

_powers(person) := {power | some power in entry.listed(entry.value(person, "powers"))} & {"disregard", "override", "stop"}
