# METADATA
# scope: package
# description: |
#   What rules about the records of incidents have in common: whether the incident is a serious one, within how many days it has to be
#   reported, and which reports were sent. No control logic.
#   The days are those of Art. 73(2) to (4) of Regulation (EU) 2024/1689 and count from the day of awareness. They are calendar days: that
#   a period which ends on a Sunday, Saturday or public holiday may end later is left out, so a limit here is never after the legal one.
package policyctl.lib.incident

import data.policyctl.lib.record
import data.policyctl.lib.wording

# METADATA
# description: Whether the record says, with a reason, that the incident led to none of the harms that make it a serious one.
default spared := false

spared if {
	wording.says_something(input.facts.not_serious)
	_harms == []
	_widespread in {"unstated", false}
}

# METADATA
# description: The longest time, in days, that the law can give for a report of this incident, by what is stated.
longest := min(_known | {15})

# METADATA
# description: The shortest time, in days, that it may give, where not all is stated that shortens it.
default shortest := 2

shortest := longest if {
	is_boolean(_widespread)
	is_array(_harms)
	count(_harms) > 0
	every harm in _harms {
		_limits[harm]
	}
}

# METADATA
# description: The day of awareness; null where none is stated.
default aware := null

aware := input.facts.aware if record.is_day(input.facts.aware)

# METADATA
# description: The reports that were sent to somebody on a day until today, each with its place in the list.
sent := [{"index": index, "report": report} |
	is_array(_reports)
	some index, report in _reports
	_is_clear(report)
	report.day <= input.as_of
]

# METADATA
# description: The places of the reports that have no addressee or no day.
unclear_reports contains index if {
	is_array(_reports)
	some index, report in _reports
	_is_clear(report) == false
}

# METADATA
# description: The day of the first report that was sent; null where none was.
default first_report := null

first_report := min({one.report.day | some one in sent}) if count(sent) > 0

# METADATA
# description: The day so many days after awareness; null where that is not known.
due(days) := record.days_after(aware, days)

# METADATA
# description: Whether a day is stated, of the calendar, and not after today.
has_come(day) if {
	record.is_day(day)
	day <= input.as_of
} else := false

_is_clear(report) if {
	wording.says_something(report.to)
	record.is_day(report.day)
} else := false

_known := {_limits[harm] | some harm in _harms} | {2 | _widespread == true}

_limits := {"death": 10, "health": 15, "critical_infrastructure": 2, "fundamental_rights": 15, "property": 15, "environment": 15}

default _harms := []

_harms := input.facts.harms

default _widespread := "unstated"

_widespread := input.facts.widespread

default _reports := []

_reports := input.facts.reports
