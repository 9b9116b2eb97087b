package policyctl.controls.decommissioning.access_removed

import data.policyctl.lib.record
import data.policyctl.lib.stated

resources := {input.facts.id}

# METADATA
# description: No way to the system is named.
findings contains finding if {
	count(_ways) == 0

	finding := {
		"code": "no_access",
		"resource": input.facts.id,
		"message": "the record names no endpoint, account or key that is taken away",
		"path": ["access"],
	}
}

# METADATA
# description: The use is over, and a way to the system is not taken away.
findings contains finding if {
	some index, way in _ways
	record.is_day(_removed(way)) == false
	is_string(_limit)
	_limit < input.as_of

	finding := {
		"code": "not_removed",
		"resource": input.facts.id,
		"message": sprintf("%s is not taken away, and was to be by %s", [_name(way), _limit]),
		"path": ["access", index, "removed"],
	}
}

# METADATA
# description: A way to the system is taken away too long after the end.
findings contains finding if {
	some index, way in _ways
	record.is_day(_removed(way))
	is_string(_limit)
	way.removed > _limit

	finding := {
		"code": "removed_late",
		"resource": input.facts.id,
		"message": sprintf("%s is taken away on %s, and is to be by %s", [_name(way), way.removed, _limit]),
		"path": ["access", index, "removed"],
	}
}

# METADATA
# description: That it is taken away is shown by no document, or by one that is not what its digest says.
findings contains finding if {
	some index, way in _ways
	record.is_day(_removed(way))
	way.removed <= input.as_of
	what := sprintf("that %s is taken away", [_name(way)])
	some finding in stated.unproven(object.get(way, ["evidence"], []), what, ["access", index, "evidence"])
}

# METADATA
# description: No day is planned yet.
undetermined contains entry if {
	some index, way in _ways
	record.is_day(_removed(way)) == false
	is_string(_limit)
	_limit >= input.as_of

	entry := {
		"resource": input.facts.id,
		"path": ["access", index, "removed"],
		"reason": sprintf("no day is stated on which %s is taken away", [_name(way)]),
	}
}

# METADATA
# description: An entry cannot be read.
undetermined contains entry if {
	some index, way in _listed
	not is_object(way)
	entry := {"resource": input.facts.id, "path": ["access", index], "reason": "the entry cannot be read"}
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

_limit := record.days_after(_ends, input.profile.parameters.decommissioning.access_removed.maximum_days)

_ways := {index: way | some index, way in _listed; is_object(way)}

_removed(way) := object.get(way, ["removed"], null)

_name(way) := stated.shown(object.get(way, ["name"], ""))

_listed := input.facts.access if is_array(input.facts.access)

default _ends := null

_ends := input.facts.ends
