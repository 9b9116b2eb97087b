package policyctl.controls.supply_chain.licence

import data.policyctl.lib.model_card

resources := model_card.cards

# METADATA
# description: No licence is named.
findings contains finding if {
	_licences == []

	finding := {
		"code": "no_licence",
		"resource": input.facts.id,
		"message": "the card names no licence",
		"path": ["metadata", "license"],
	}
}

# METADATA
# description: The licence is one that the organisation does not allow.
findings contains finding if {
	some licence in _licences
	_state(licence) == "not_allowed"

	finding := {
		"code": "not_allowed",
		"resource": input.facts.id,
		"message": sprintf("the licence %s is not among those allowed", [licence.spdx]),
		"path": ["metadata", "license"],
	}
}

# METADATA
# description: The licence is "other", and there is neither a name nor a link that says which.
findings contains finding if {
	some licence in _licences
	_state(licence) == "unnamed"

	finding := {
		"code": "unnamed_licence",
		"resource": input.facts.id,
		"message": "the card says that there is a licence, and not which",
		"path": ["metadata", "license"],
	}
}

# METADATA
# description: A licence of one's own has to be read by a person; its terms are in no list.
undetermined contains _unclear(sprintf("%s is no standard licence: somebody has to read it", [_name(licence)])) if {
	some licence in _licences
	_state(licence) == "custom"
}

undetermined contains _unclear(sprintf("the licence expression %s has to be read by a person", [licence.spdx])) if {
	some licence in _licences
	_state(licence) == "mixed"
}

undetermined contains _unclear("the licences could not be read") if not is_array(_licences)

# One of several alternatives is enough, of several that hold together each must be allowed.
_state(licence) := "allowed" if {
	licence.spdx in _allowed
} else := "mixed" if {
	_is_mixed(licence)
} else := "allowed" if {
	is_string(licence.spdx)
	some alternative in split(licence.spdx, " OR ")
	every part in split(alternative, " AND ") {
		part in _allowed
	}
} else := "not_allowed" if {
	model_card.text(licence.spdx, "") != ""
} else := "allowed" if {
	lower(_name(licence)) in _read
} else := "custom" if {
	_says_which(licence)
} else := "unnamed"

_is_mixed(licence) if {
	is_string(licence.spdx)
	contains(licence.spdx, "(")
}

_name(licence) := licence.name if {
	model_card.text(licence.name, "") != ""
} else := licence.id if {
	model_card.text(licence.id, "") != ""
} else := "a licence"

_says_which(licence) if model_card.text(licence.name, "") != ""

_says_which(licence) if model_card.text(licence.link, "") != ""

_says_which(licence) if {
	model_card.text(licence.id, "") != ""
	id := lower(licence.id)
	not id in {"other", "unknown", "none"}
}

_allowed := {id | some id in input.profile.parameters.supply_chain.licence.allowed}

_read := {lower(name) | some name in input.profile.parameters.supply_chain.licence.allowed_by_name}

_unclear(reason) := {"resource": input.facts.id, "path": ["metadata", "license"], "reason": reason}

default _licences := null

_licences := input.facts.licences
