package policyctl.controls.impact.harms_assessed

import data.policyctl.lib.impact
import data.policyctl.lib.wording

resources contains input.facts.id

# METADATA
# description: For a group that is affected neither a harm is named nor why none is likely.
findings contains finding if {
	some place, _ in impact.affected
	count(impact.harms(place)) == 0
	impact.is_spared(place) == false

	finding := {
		"code": "no_harm",
		"resource": input.facts.id,
		"message": sprintf("no harm to %s is named, nor why none is likely", [impact.group_name(place)]),
		"path": ["affected", place],
	}
}

# METADATA
# description: An entry stands for a harm and does not say which.
findings contains finding if {
	some place, _ in impact.affected
	some index, harm in impact.harms(place)
	text := object.get(harm, "harm", null)
	wording.says_something(text) == false

	finding := {
		"code": "unnamed_harm",
		"resource": input.facts.id,
		"message": sprintf("harm %d to %s is not described", [index + 1, impact.group_name(place)]),
		"path": ["affected", place, "harms", index, "harm"],
	}
}

# METADATA
# description: How likely a harm is, and how great, is not told.
findings contains finding if {
	some place, _ in impact.affected
	some index, harm in impact.harms(place)
	some key in _unrated(harm)

	finding := {
		"code": concat("", ["no_", key]),
		"resource": input.facts.id,
		"message": sprintf(_messages[key], [index + 1, impact.group_name(place)]),
		"path": ["affected", place, "harms", index, key],
	}
}

undetermined contains entry if {
	count(impact.affected) == 0

	entry := {
		"resource": input.facts.id,
		"path": ["affected"],
		"reason": "nobody is named whom the use affects, so whose harms are to be assessed is not known",
	}
}

_unrated(harm) := {key |
	some key, scale in _scales
	rating := object.get(harm, key, null)
	not rating in scale
}

_scales := {
	"likelihood": {"rare", "possible", "likely", "almost_certain"},
	"magnitude": {"minor", "moderate", "serious", "severe"},
}

_messages := {
	"likelihood": "how likely harm %d to %s is, is not stated",
	"magnitude": "how great harm %d to %s is, is not stated",
}
