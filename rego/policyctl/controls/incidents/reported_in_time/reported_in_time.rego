package policyctl.controls.incidents.reported_in_time

import data.policyctl.lib.incident
import data.policyctl.lib.record

resources contains input.facts.id if incident.spared == false

# METADATA
# description: The longest limit that can be meant has passed, and no report was sent.
findings contains finding if {
	_applies
	incident.first_report == null
	input.as_of > _last

	finding := {
		"code": "not_reported",
		"resource": input.facts.id,
		"message": sprintf(
			"no report to the authority is recorded; %s, %d days after %s, was the last day for it",
			[_last, incident.longest, incident.aware],
		),
		"path": ["reports"],
	}
}

# METADATA
# description: The first report was sent after the longest limit that can be meant.
findings contains finding if {
	_applies
	some one in incident.sent
	one.report.day == incident.first_report
	one.report.day > _last

	finding := {
		"code": "reported_late",
		"resource": input.facts.id,
		"message": sprintf(
			"the first report was sent on %s; %s, %d days after %s, was the last day for it",
			[one.report.day, _last, incident.longest, incident.aware],
		),
		"path": ["reports", one.index, "day"],
	}
}

# METADATA
# description: The limit depends on what is not stated, and a report within the strictest one was not sent.
undetermined contains entry if {
	_applies
	_counted > incident.due(incident.shortest)
	_counted <= _last

	entry := {
		"resource": input.facts.id,
		"path": ["harms"],
		"reason": sprintf(
			"whether %d or %d days are given for the report depends on the harms and on whether the infringement is widespread, which is not stated",
			[incident.shortest, incident.longest],
		),
	}
}

# METADATA
# description: |
#   The day of awareness, from which the limit counts, is not stated or cannot be the right one: the organisation reported before it, or it
#   lies before the incident or after today.
undetermined contains entry if {
	incident.spared == false
	some [key, reason] in _doubts

	entry := {
		"resource": input.facts.id,
		"path": [key],
		"reason": reason,
	}
}

_doubts contains ["aware", "the day on which the organisation became aware, from which the limit counts, is not stated"] if {
	incident.aware == null
}

_doubts contains ["occurred", "the day of the incident is not stated"] if record.is_day(_occurred) == false

_doubts contains ["aware", reason] if {
	incident.first_report != null
	incident.first_report < incident.aware
	reason := sprintf("the organisation became aware on %s, after its first report of %s", [incident.aware, incident.first_report])
}

_doubts contains ["aware", reason] if {
	record.is_day(_occurred)
	incident.aware != null
	incident.aware < _occurred
	reason := sprintf("the organisation became aware on %s, before the incident of %s", [incident.aware, _occurred])
}

_doubts contains ["aware", reason] if {
	incident.aware > input.as_of
	reason := sprintf("the organisation became aware on %s, which has not come on %s", [incident.aware, input.as_of])
}

_applies if {
	incident.spared == false
	{key | some [key, _] in _doubts; key == "aware"} == set()
}

_last := incident.due(incident.longest)

# A report that was not sent is as late as today.
_counted := incident.first_report if {
	incident.first_report != null
} else := input.as_of

default _occurred := null

_occurred := input.facts.occurred
