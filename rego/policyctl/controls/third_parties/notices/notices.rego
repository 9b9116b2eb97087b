package policyctl.controls.third_parties.notices

import data.policyctl.lib.entry
import data.policyctl.lib.supplier

resources contains input.facts.id if supplier.is_exempt == false

resources contains input.facts.id if count(_notices) > 0

# METADATA
# description: The supplier need not tell of it.
findings contains finding if {
	some id in resources
	some about in ["incident", "change"]
	count(_about(about)) == 0

	finding := {
		"code": sprintf("no_%s_notice", [about]),
		"resource": id,
		"message": sprintf("it is not recorded that %s has to tell of %ss", [supplier.name, about]),
		"path": ["notices"],
	}
}

# METADATA
# description: No time is agreed.
findings contains finding if {
	some id in resources
	some about in ["incident", "change"]
	some index, notice in _about(about)
	_days(notice) == null

	finding := {
		"code": "no_days",
		"resource": id,
		"message": sprintf("it is not recorded within how many days %s has to tell of %ss", [supplier.name, about]),
		"path": ["notices", index, "days"],
	}
}

# METADATA
# description: An incident becomes known too late to keep time limits of one's own.
findings contains finding if {
	some id in resources
	some index, notice in _about("incident")
	_days(notice) > _incident_days

	finding := {
		"code": "told_late",
		"resource": id,
		"message": sprintf("%s may take %d days to tell of an incident; at most %d leave time to report it", [supplier.name, notice.days, _incident_days]),
		"path": ["notices", index, "days"],
	}
}

# METADATA
# description: A change becomes known too late to test it.
findings contains finding if {
	some id in resources
	some index, notice in _about("change")
	_is_short(_days(notice))

	finding := {
		"code": "short_notice",
		"resource": id,
		"message": sprintf("%s tells of a change %d days before; at least %d are needed to test it", [supplier.name, notice.days, _change_days]),
		"path": ["notices", index, "days"],
	}
}

# METADATA
# description: One side does not know where to reach the other.
findings contains finding if {
	some id in resources
	some about in ["incident", "change"]
	some index, notice in _about(about)
	some key, said in {"from_contact": "where the supplier is reached about", "to_contact": "where the supplier reaches us about"}
	entry.is_contact(entry.value(notice, key)) == false

	finding := {
		"code": sprintf("no_%s", [key]),
		"resource": id,
		"message": sprintf("no address or telephone number is recorded %s %ss", [said, about]),
		"path": ["notices", index, key],
	}
}

# METADATA
# description: It is not said what has to be told.
findings contains finding if {
	some id in resources
	some index, notice in _notices
	not entry.value(notice, "about") in {"incident", "change"}

	finding := {
		"code": "no_about",
		"resource": id,
		"message": "it is not recorded whether this is about incidents or changes",
		"path": ["notices", index, "about"],
	}
}

default _listed := null

_listed := input.facts.notices

_notices := entry.listed(_listed)

_about(about) := {index: notice | some index, notice in _notices; entry.value(notice, "about") == about}

_days(notice) := entry.value(notice, "days") if {
	is_number(entry.value(notice, "days"))
} else := null

_is_short(days) if {
	is_number(days)
	days < _change_days
}

_incident_days := input.profile.parameters.third_parties.notices.incident_days

_change_days := input.profile.parameters.third_parties.notices.change_days
