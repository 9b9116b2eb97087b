package policyctl.controls.decommissioning.users_informed

import data.policyctl.lib.record
import data.policyctl.lib.stated
import data.policyctl.lib.wording

resources := {input.facts.id}

# METADATA
# description: Nobody is named who is told that the use ends.
findings contains finding if {
	count(_informed) == 0

	finding := {
		"code": "nobody_informed",
		"resource": input.facts.id,
		"message": "the record names nobody who is told that the use ends",
		"path": ["informed"],
	}
}

# METADATA
# description: They are told too short a time before the end.
findings contains finding if {
	some index, entry in _informed
	record.is_day(_day(entry))
	record.is_day(_ends)
	latest := record.days_after(_ends, 0 - _minimum)
	entry.day > latest

	finding := {
		"code": "informed_late",
		"resource": input.facts.id,
		"message": sprintf(
			"%s: told on %s, and %v days before the last day of use (%s) is %s",
			[entry.who, entry.day, _minimum, _ends, latest],
		),
		"path": ["informed", index, "day"],
	}
}

# METADATA
# description: What they were told is not named by its digest, or is not what it says.
findings contains finding if {
	some index, entry in _informed
	record.is_day(_day(entry))
	entry.day <= input.as_of
	what := sprintf("what was told to %s", [entry.who])
	some finding in stated.unproven(object.get(entry, ["evidence"], []), what, ["informed", index, "evidence"])
}

# METADATA
# description: It is not stated when somebody is told.
undetermined contains doubt if {
	some index, entry in _informed
	record.is_day(_day(entry)) == false

	doubt := {
		"resource": input.facts.id,
		"path": ["informed", index, "day"],
		"reason": sprintf("no day is stated for telling %s", [entry.who]),
	}
}

# METADATA
# description: An entry does not say who is told.
undetermined contains doubt if {
	some index, entry in _listed
	not _informed[index]
	doubt := {"resource": input.facts.id, "path": ["informed", index], "reason": "who is told is not stated"}
}

# METADATA
# description: When the use ends is not stated.
undetermined contains entry if {
	record.is_day(_ends) == false

	entry := {
		"resource": input.facts.id,
		"path": ["ends"],
		"reason": "the last day of use is not stated",
	}
}

_informed := {index: entry |
	some index, entry in _listed
	is_object(entry)
	wording.says_something(entry.who)
}

_day(entry) := object.get(entry, ["day"], null)

_listed := input.facts.informed if is_array(input.facts.informed)

_minimum := input.profile.parameters.decommissioning.users_informed.notice_days

default _ends := null

_ends := input.facts.ends
