# METADATA
# scope: package
# description: |
#   What rules about the records that people keep have in common: days, lists of texts, evidence. No control logic. Functions are total
#   and take any value.
package policyctl.lib.record

import data.policyctl.lib.wording

# METADATA
# description: Whether this is an ISO 8601 day that the calendar has.
is_day(text) if {
	is_string(text)
	regex.match(`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`, text)
	to_number(substring(text, 8, 2)) <= _last_of_month(to_number(substring(text, 0, 4)), substring(text, 5, 2))
} else := false

# METADATA
# description: The day so many days after another; null where that is none.
days_after(day, days) := after if {
	is_day(day)
	is_number(days)
	[year, month, date] := time.date(time.add_date(time.parse_ns("2006-01-02", day), 0, 0, days))
	after := sprintf("%04d-%02d-%02d", [year, month, date])
} else := null

# METADATA
# description: The texts of a list that say something; none where it is no list.
statements(listed) := {text | some text in listed; wording.says_something(text)} if {
	is_array(listed)
} else := set()

# METADATA
# description: Whether this is a list of one text or more, each of which says something.
all_say(listed) if {
	is_array(listed)
	count(listed) > 0
	count(statements(listed)) == count({text | some text in listed})
} else := false

# METADATA
# description: |
#   What is wrong with a list of evidence: "no_evidence" where none is named by its digest, "evidence_changed" and "evidence_missing" where
#   a file is not what its digest says, or not there. Empty where nothing is.
evidence_defects(listed) := {"no_evidence"} if {
	count(_proven(listed)) == 0
	count(_in_state(listed, {"changed", "missing"})) == 0
} else := {sprintf("evidence_%s", [one.state]) | some one in _in_state(listed, {"changed", "missing"})}

# METADATA
# description: The titles of the evidence that is not what its digest says, or not there.
lost_evidence(listed) := {one.title | some one in _in_state(listed, {"changed", "missing"}); is_string(one.title)}

_proven(listed) := [one |
	some one in _in_state(listed, {"same", "elsewhere"})
	is_string(one.sha256)
	regex.match(`^[0-9a-f]{64}$`, one.sha256)
	one.sha256 != _of_nothing
]

_in_state(listed, states) := [one | some one in listed; one.state in states] if {
	is_array(listed)
} else := []

# SHA-256 of an empty file, which supports nothing.
_of_nothing := "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

_last_of_month(year, "02") := 29 if _is_leap(year)

_last_of_month(year, "02") := 28 if not _is_leap(year)

_last_of_month(_, month) := 30 if month in {"04", "06", "09", "11"}

_last_of_month(_, month) := 31 if month in {"01", "03", "05", "07", "08", "10", "12"}

_is_leap(year) if {
	year % 4 == 0
	year % 100 != 0
}

_is_leap(year) if year % 400 == 0
