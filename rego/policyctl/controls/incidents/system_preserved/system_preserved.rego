package policyctl.controls.incidents.system_preserved

import data.policyctl.lib.incident
import data.policyctl.lib.record
import data.policyctl.lib.wording

resources contains input.facts.id if incident.spared == false

# METADATA
# description: The system was altered and the authority was told afterwards, or is not recorded as told.
findings contains finding if {
	incident.spared == false
	some index, alteration in _looked_at
	record.is_day(alteration.day)
	defect := _defect(alteration)

	finding := {
		"code": defect.code,
		"resource": input.facts.id,
		"message": sprintf("%s on %s, %s", [_name(index), alteration.day, defect.what]),
		"path": ["alterations", index, "authority_informed"],
	}
}

# METADATA
# description: Without its day nobody can tell whether the authority was told before.
findings contains finding if {
	incident.spared == false
	some index, alteration in _looked_at
	day := object.get(alteration, "day", null)
	record.is_day(day) == false

	finding := {
		"code": "no_day",
		"resource": input.facts.id,
		"message": sprintf("no day is stated for %s", [_name(index)]),
		"path": ["alterations", index, "day"],
	}
}

# METADATA
# description: The system is said to have been altered, and how is not recorded.
findings contains finding if {
	incident.spared == false
	_altered == true
	count(_alterations) == 0

	finding := {
		"code": "not_listed",
		"resource": input.facts.id,
		"message": "the system was altered after the incident and no alteration is recorded",
		"path": ["alterations"],
	}
}

undetermined contains entry if {
	incident.spared == false
	not is_boolean(_altered)

	entry := {
		"resource": input.facts.id,
		"path": ["altered"],
		"reason": "whether the system was altered after the incident is not stated",
	}
}

# What cannot affect how the causes are evaluated, and what is still to come, needs nobody to be told yet.
_looked_at[index] := alteration if {
	some index, alteration in _alterations
	text := object.get(alteration, "without_effect", null)
	wording.says_something(text) == false
	day := object.get(alteration, "day", null)
	_is_still_to_come(day) == false
}

_is_still_to_come(day) if {
	record.is_day(day)
	day > input.as_of
} else := false

_defect(alteration) := {"code": "informed_after", "what": sprintf("before the authority was informed on %s", [alteration.authority_informed])} if {
	record.is_day(alteration.authority_informed)
	alteration.authority_informed > alteration.day
}

_defect(alteration) := {"code": "not_informed", "what": "and no day is recorded on which the authority was informed of it"} if {
	informed := object.get(alteration, "authority_informed", null)
	record.is_day(informed) == false
}

_name(index) := sprintf("the alteration %q", [_alterations[index].what]) if {
	wording.says_something(_alterations[index].what)
} else := sprintf("alteration %d", [index + 1])

_alterations := [alteration |
	some listed in _listed
	alteration := _object(listed)
] if {
	is_array(_listed)
} else := []

_object(listed) := listed if {
	is_object(listed)
} else := {}

default _listed := []

_listed := input.facts.alterations

default _altered := "unstated"

_altered := input.facts.altered
