package policyctl.controls.governance.system_dates

resources contains input.facts.id if _is_stated("significantly_changed", _changed)

# METADATA
# description: The change is stated to be older than the system.
findings contains finding if {
	_is_stated("significantly_changed", _changed)
	count(_unclear) == 0
	first := min({day | some day in _beginnings})
	_changed < first

	finding := {
		"code": "changed_too_early",
		"resource": input.facts.id,
		"message": sprintf("the system was changed on %s, before it came into use on %s", [_changed, first]),
		"path": ["significantly_changed"],
	}
}

# METADATA
# description: A change is stated and not since when there has been a system to change; or what stands there is no day.
undetermined contains {"resource": input.facts.id, "path": [key], "reason": "no day is stated"} if {
	_is_stated("significantly_changed", _changed)
	some key in _unclear
}

_unclear contains "significantly_changed" if not _is_day(_changed)

_unclear contains key if {
	some key, day in _beginnings
	not _is_day(day)
}

_unclear contains "placed_on_market" if count(_beginnings) == 0

_beginnings := {key: day |
	some key, day in {"placed_on_market": _placed, "put_into_service": _put_into_service}
	_is_stated(key, day)
}

_is_stated(key, _) if key in input.facts.stated

_is_stated(_, day) if day != "absent"

default _changed := "absent"

_changed := input.facts.significantly_changed

default _placed := "absent"

_placed := input.facts.placed_on_market

default _put_into_service := "absent"

_put_into_service := input.facts.put_into_service

_is_day(text) if {
	is_string(text)
	regex.match(`^\d{4}-\d{2}-\d{2}$`, text)
}
