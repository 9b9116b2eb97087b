package policyctl.controls.gpai.systemic_risk_notified

import data.policyctl.lib.gpai
import data.policyctl.lib.record

resources contains input.facts.id if gpai.systemic != "no"

# METADATA
# description: Two weeks are over, and the Commission is not notified.
findings contains finding if {
	_is_due
	not _is_notified
	is_string(_limit)
	_limit < input.as_of

	finding := {
		"code": "not_notified",
		"resource": input.facts.id,
		"message": sprintf("the Commission is not notified of the systemic risk, and was to be by %s", [_limit]),
		"path": ["systemic_risk", "notified"],
	}
}

# METADATA
# description: The Commission was notified later than two weeks after it became known.
findings contains finding if {
	_is_due
	_is_notified
	is_string(_limit)
	_notified > _limit

	finding := {
		"code": "notified_late",
		"resource": input.facts.id,
		"message": sprintf("the Commission was notified of the systemic risk on %s, and was to be by %s", [_notified, _limit]),
		"path": ["systemic_risk", "notified"],
	}
}

# METADATA
# description: The two weeks are still running.
undetermined contains entry if {
	_is_due
	not _is_notified
	_limit >= input.as_of

	entry := {
		"resource": input.facts.id,
		"path": ["systemic_risk", "notified"],
		"reason": sprintf("the Commission is to be notified of the systemic risk by %s", [_limit]),
	}
}

# METADATA
# description: |
#   It is not stated when it became known, from which the two weeks run. The day on the market shows that a notification is late or lacking,
#   and never that one was in time.
undetermined contains entry if {
	_is_due
	_is_unknown

	entry := {
		"resource": input.facts.id,
		"path": ["systemic_risk", "known"],
		"reason": "the day on which it became known that the model meets the condition for systemic risk is not stated",
	}
}

# METADATA
# description: Whether the model has systemic risk cannot be told.
undetermined contains doubt if some doubt in gpai.systemic_doubts

_is_unknown if not is_string(_limit)

_is_unknown if {
	_is_notified
	not _is_known
}

_is_known if record.is_day(_known)

# The Commission need not be told of what it decided itself.
_is_due if {
	gpai.systemic == "yes"
	not _is_designated
}

_is_designated if {
	record.is_day(_designated)
	_designated <= input.as_of
}

_is_notified if {
	record.is_day(_notified)
	_notified <= input.as_of
}

# Two weeks after the day on which it was known, at the latest that on which the model came to the market.
_limit := gpai.due(record.days_after(_since, 14))

default _since := null

_since := _known if {
	_is_known
} else := gpai.placed if gpai.placed <= input.as_of

_known := input.facts.systemic_risk.known

_notified := input.facts.systemic_risk.notified

_designated := input.facts.systemic_risk.designated
