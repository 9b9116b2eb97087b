package policyctl.controls.impact.measures_planned

import data.policyctl.lib.impact
import data.policyctl.lib.record
import data.policyctl.lib.wording

resources contains input.facts.id

# METADATA
# description: What is done where a harm comes about is not planned for one of those that are named.
findings contains finding if {
	some place, _ in impact.affected
	some index, harm in impact.harms(place)
	measures := object.get(harm, "measures", null)
	record.all_say(measures) == false

	finding := {
		"code": "no_measure",
		"resource": input.facts.id,
		"message": sprintf("no measure is planned for the case that harm %d to %s comes about", [index + 1, impact.group_name(place)]),
		"path": ["affected", place, "harms", index, "measures"],
	}
}

# METADATA
# description: Who decides in the organisation when a risk comes about, or where people can complain, is not described.
findings contains finding if {
	some key, text in {"governance": _governance, "complaints": _complaints}
	wording.says_something(text) == false

	finding := {
		"code": concat("", ["no_", key]),
		"resource": input.facts.id,
		"message": _messages[key],
		"path": [key],
	}
}

undetermined contains entry if {
	count(impact.affected) == 0

	entry := {
		"resource": input.facts.id,
		"path": ["affected"],
		"reason": "nobody is named whom the use affects, so against which harms measures are needed is not known",
	}
}

undetermined contains entry if {
	some place, _ in impact.affected
	count(impact.harms(place)) == 0
	impact.is_spared(place) == false

	entry := {
		"resource": input.facts.id,
		"path": ["affected", place],
		"reason": sprintf("no harm to %s is named, so against what measures are needed is not known", [impact.group_name(place)]),
	}
}

_messages := {
	"governance": "who decides in the organisation when a risk comes about is not described",
	"complaints": "where affected persons can complain is not described",
}

default _governance := null

_governance := input.facts.governance

default _complaints := null

_complaints := input.facts.complaints
