package policyctl.controls.incidents.investigated

import data.policyctl.lib.incident
import data.policyctl.lib.wording

resources contains input.facts.id

# METADATA
# description: The investigation was not begun, or too late.
findings contains finding if {
	incident.has_come(_started) == false
	last := incident.due(_parameters.start_days)
	last != null
	input.as_of > last

	finding := {
		"code": "not_started",
		"resource": input.facts.id,
		"message": sprintf("no day is recorded on which the investigation began; %s was the last day for it", [last]),
		"path": ["investigation", "started"],
	}
}

findings contains finding if {
	incident.has_come(_started)
	last := incident.due(_parameters.start_days)
	last != null
	_started > last

	finding := {
		"code": "started_late",
		"resource": input.facts.id,
		"message": sprintf("the investigation began on %s; %s was the last day for it", [_started, last]),
		"path": ["investigation", "started"],
	}
}

# METADATA
# description: The time for its results has passed, and one of them is not recorded.
findings contains finding if {
	last := incident.due(_parameters.result_days)
	last != null
	input.as_of > last
	some key in _lacking

	finding := {
		"code": _lacks[key].code,
		"resource": input.facts.id,
		"message": sprintf("%s; %s was the last day for it", [_lacks[key].message, last]),
		"path": ["investigation", key],
	}
}

undetermined contains entry if {
	incident.aware == null

	entry := {
		"resource": input.facts.id,
		"path": ["aware"],
		"reason": "the day on which the organisation became aware, from which the investigation's time counts, is not stated",
	}
}

_lacking contains "by" if wording.names_person(_by) == false

_lacking contains "causes" if wording.says_something(_causes) == false

_lacking contains "risk_assessment" if wording.says_something(_risk_assessment) == false

_lacks := {
	"by": {"code": "no_investigator", "message": "no person is named who investigates"},
	"causes": {"code": "no_causes", "message": "the causes are not recorded"},
	"risk_assessment": {"code": "no_risk_assessment", "message": "no assessment of the risk is recorded"},
}

_parameters := input.profile.parameters.incidents.investigated

default _started := null

_started := input.facts.investigation.started

default _by := null

_by := input.facts.investigation.by

default _causes := null

_causes := input.facts.investigation.causes

default _risk_assessment := null

_risk_assessment := input.facts.investigation.risk_assessment
