package policyctl.controls.third_parties.agreement

import data.policyctl.lib.entry
import data.policyctl.lib.record
import data.policyctl.lib.supplier

resources contains input.facts.id if supplier.is_exempt == false

# METADATA
# description: No agreement is recorded.
findings contains finding if {
	some id in resources
	_is_stated == false

	finding := {
		"code": "no_agreement",
		"resource": id,
		"message": sprintf("no written agreement with %s is recorded", [supplier.name]),
		"path": ["agreement"],
	}
}

# METADATA
# description: It does not hold as of the day.
findings contains finding if {
	some id in resources
	_is_stated
	some state, said in _states
	state == entry.state(_first_day, _last_day, input.as_of)

	finding := {
		"code": state,
		"resource": id,
		"message": sprintf(said, [supplier.name, _told[state]]),
		"path": ["agreement", _ends[state]],
	}
}

# METADATA
# description: It leaves out one of the things that the law names.
findings contains finding if {
	some id in resources
	_is_stated
	some key, said in _contents
	entry.says(_agreement, key) == false

	finding := {
		"code": sprintf("no_%s", [key]),
		"resource": id,
		"message": sprintf("it is not recorded which %s %s owes by the agreement", [said, supplier.name]),
		"path": ["agreement", key],
	}
}

# METADATA
# description: The agreement itself is not named by its digest, is not there, or is another one.
findings contains finding if {
	some id in resources
	_is_stated
	some code in record.evidence_defects(_evidence)

	finding := {
		"code": code,
		"resource": id,
		"message": sprintf("%s: the agreement with %s", [_said[code], supplier.name]),
		"path": ["agreement", "evidence"],
	}
}

# METADATA
# description: It cannot be told whether it holds.
undetermined contains undecided if {
	some id in resources
	_is_stated
	some key, day in {"first_day": _first_day, "last_day": _last_day}
	record.is_day(day) == false

	undecided := {
		"resource": id,
		"path": ["agreement", key],
		"reason": "it is not recorded from which day to which the agreement holds, or that it has no end",
	}
}

default _agreement := null

_agreement := input.facts.agreement

default _is_stated := false

_is_stated if {
	is_object(_agreement)
	count(_agreement) > 0
}

_first_day := entry.value(_agreement, "first_day")

_evidence := entry.value(_agreement, "evidence")

# An end that is stated counts, whatever else is said.
_last_day := "9999-12-31" if {
	entry.value(_agreement, "open_ended") == true
	not "last_day" in object.keys(_agreement)
} else := entry.value(_agreement, "last_day")

_states := {
	"not_begun": "the agreement with %s holds only from %s on",
	"expired": "the agreement with %s ended on %s",
	"reversed": "the agreement with %s ends on %s, before it begins",
}

_ends := {"not_begun": "first_day", "expired": "last_day", "reversed": "last_day"}

_told := {"not_begun": _first_day, "expired": _last_day, "reversed": _last_day}

_contents := {
	"information": "information",
	"capabilities": "capabilities",
	"technical_access": "technical access",
	"assistance": "assistance",
}

_said := {
	"no_evidence": "no document is named with its SHA-256 digest",
	"evidence_changed": "the document is not the one that was recorded",
	"evidence_missing": "the document is not where the record says",
}
