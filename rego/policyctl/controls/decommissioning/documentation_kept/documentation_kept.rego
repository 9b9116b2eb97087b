package policyctl.controls.decommissioning.documentation_kept

import data.policyctl.law
import data.policyctl.lib.calendar
import data.policyctl.lib.record

resources := {input.facts.id}

# METADATA
# description: Until when the documentation is kept is not stated.
findings contains finding if {
	record.is_day(_until) == false

	finding := {
		"code": "no_end",
		"resource": input.facts.id,
		"message": "the record does not state until which day the documentation is kept",
		"path": ["documentation", "until"],
	}
}

# METADATA
# description: The documentation is kept for less than the years asked, from whichever day they are counted.
findings contains finding if {
	record.is_day(_until)
	count(_limits) > 0
	_until < min(_limits)

	finding := {
		"code": "kept_too_short",
		"resource": input.facts.id,
		"message": sprintf("the documentation is kept until %s, and is to be until %s at least (%v years)", [_until, min(_limits), _years]),
		"path": ["documentation", "until"],
	}
}

# METADATA
# description: It is long enough from the one day and not from the other.
undetermined contains entry if {
	record.is_day(_until)
	_until >= min(_limits)
	_until < max(_limits)

	entry := {
		"resource": input.facts.id,
		"path": ["documentation", "until"],
		"reason": sprintf("the documentation is kept until %s: long enough from the earlier of the days of market and service, not from the later", [_until]),
	}
}

# METADATA
# description: It is not stated since when there has been a system.
undetermined contains entry if {
	count(_limits) == 0

	entry := {
		"resource": input.facts.id,
		"path": ["placed_on_market"],
		"reason": "neither the day on which the system was placed on the market nor that on which it was put into service is stated",
	}
}

# METADATA
# description: A day from which the years count cannot be read.
undetermined contains entry if {
	some key, day in _beginnings
	record.is_day(day) == false
	entry := {"resource": input.facts.id, "path": [key], "reason": "what is stated is no day"}
}

_limits := {limit |
	some day in _beginnings
	limit := calendar.months_after(day, _years * 12)
	is_string(limit)
}

_beginnings["placed_on_market"] := input.facts.placed_on_market

_beginnings["put_into_service"] := input.facts.put_into_service

_years := law.by_class(input.profile.parameters.decommissioning.documentation_kept.minimum_years)

default _until := null

_until := input.facts.documentation.until
