package policyctl.controls.decommissioning.logs_kept

import data.policyctl.law
import data.policyctl.lib.calendar
import data.policyctl.lib.record

resources := {input.facts.id}

# METADATA
# description: Until when the logs are kept is not stated.
findings contains finding if {
	record.is_day(_until) == false

	finding := {
		"code": "no_end",
		"resource": input.facts.id,
		"message": "the record does not state until which day the logs are kept",
		"path": ["logs", "until"],
	}
}

# METADATA
# description: The logs of the last day are kept for less than the months asked.
findings contains finding if {
	record.is_day(_until)
	limit := calendar.months_after(_ends, _months)
	is_string(limit)
	_until < limit

	finding := {
		"code": "kept_too_short",
		"resource": input.facts.id,
		"message": sprintf("the logs are kept until %s, and those of the last day of use are to be until %s at least (%v months)", [_until, limit, _months]),
		"path": ["logs", "until"],
	}
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

_months := law.by_class(input.profile.parameters.decommissioning.logs_kept.minimum_months)

default _until := null

_until := input.facts.logs.until

default _ends := null

_ends := input.facts.ends
