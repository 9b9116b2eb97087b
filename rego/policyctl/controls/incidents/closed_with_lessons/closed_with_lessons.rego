package policyctl.controls.incidents.closed_with_lessons

import data.policyctl.lib.incident
import data.policyctl.lib.record
import data.policyctl.lib.wording

resources contains input.facts.id

# METADATA
# description: It is open for longer than an incident may be.
findings contains finding if {
	_status == "open"
	last := incident.due(input.profile.parameters.incidents.closed_with_lessons.maximum_days)
	last != null
	input.as_of > last

	finding := {
		"code": "left_open",
		"resource": input.facts.id,
		"message": sprintf("the incident is open; it was to be closed until %s", [last]),
		"path": ["status"],
	}
}

# METADATA
# description: It is closed, and something that belongs to closing is not recorded.
findings contains finding if {
	_status == "closed"
	some key in _lacking

	finding := {
		"code": _lacks[key].code,
		"resource": input.facts.id,
		"message": _lacks[key].message,
		"path": [key],
	}
}

undetermined contains entry if {
	not _status in {"open", "closed"}

	entry := {
		"resource": input.facts.id,
		"path": ["status"],
		"reason": "whether the incident is open or closed is not stated",
	}
}

undetermined contains entry if {
	_status == "open"
	incident.aware == null

	entry := {
		"resource": input.facts.id,
		"path": ["aware"],
		"reason": "the day on which the organisation became aware, from which the time counts, is not stated",
	}
}

_lacking contains "closed" if incident.has_come(_closed) == false

_lacking contains "closed_by" if wording.names_person(_closed_by) == false

_lacking contains "lessons" if record.all_say(_lessons) == false

_lacking contains "informed" if count(_persons) == 0

_persons contains entry if {
	some entry in _informed
	entry.who == "affected_persons"
	_is_settled(entry)
}

_is_settled(entry) if incident.has_come(entry.day)

_is_settled(entry) if wording.says_something(entry.not_needed)

_lacks := {
	"closed": {"code": "no_closing_day", "message": "the incident is closed and the day is not stated"},
	"closed_by": {"code": "nobody_closed", "message": "the incident is closed and no person is named who closed it"},
	"lessons": {"code": "no_lessons", "message": "the incident is closed and what was learnt is not recorded"},
	"informed": {"code": "persons_not_informed", "message": "the incident is closed and it is not recorded that the affected persons were informed, or why not"},
}

default _status := "unstated"

_status := input.facts.status

default _closed := null

_closed := input.facts.closed

default _closed_by := null

_closed_by := input.facts.closed_by

default _lessons := null

_lessons := input.facts.lessons

default _informed := []

_informed := input.facts.informed
