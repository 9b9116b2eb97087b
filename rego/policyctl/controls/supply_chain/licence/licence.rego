package policyctl.controls.supply_chain.licence

import data.policyctl.lib.licensed
import data.policyctl.lib.model_card

resources := {thing.id | some thing in licensed.things}

# METADATA
# description: No licence is named.
findings contains finding if {
	some thing in licensed.things
	thing.licences == []

	finding := {
		"code": "no_licence",
		"resource": thing.id,
		"message": sprintf("the %s names no licence", [thing.document]),
		"path": thing.path,
	}
}

# METADATA
# description: The licence is one that the organisation does not allow.
findings contains finding if {
	some thing in licensed.things
	some licence in thing.licences
	_state(licence) == "not_allowed"

	finding := {
		"code": "not_allowed",
		"resource": thing.id,
		"message": sprintf("the licence %s is not among those allowed", [licence.spdx]),
		"path": thing.path,
	}
}

# METADATA
# description: The licence is "other", and there is neither a name nor a link that says which.
findings contains finding if {
	some thing in licensed.things
	some licence in thing.licences
	_state(licence) == "unnamed"

	finding := {
		"code": "unnamed_licence",
		"resource": thing.id,
		"message": sprintf("the %s says that there is a licence, and not which", [thing.document]),
		"path": thing.path,
	}
}

# METADATA
# description: The author of a BOM has looked for a licence, and there is none.
findings contains finding if {
	some thing in licensed.things
	some licence in thing.licences
	_state(licence) == "none"

	finding := {
		"code": "none",
		"resource": thing.id,
		"message": "the BOM says that there is no licence",
		"path": thing.path,
	}
}

# METADATA
# description: A key, heading, label or badge for the licence names others, and not one of those in the metadata.
findings contains finding if {
	some statement in _statements
	_contradicts(statement)

	finding := {
		"code": "contradicted",
		"resource": input.facts.id,
		"message": sprintf("the card names the licence %s in one place and %s in another", [
			concat(", ", _named),
			concat(", ", statement.names),
		]),
		"path": _where(statement),
	}
}

# METADATA
# description: A licence of one's own has to be read by a person; its terms are in no list.
undetermined contains _open(thing, sprintf("%s is no standard licence: somebody has to read it", [_name(licence)])) if {
	some thing in licensed.things
	some licence in thing.licences
	_state(licence) == "custom"
}

undetermined contains _open(thing, sprintf("the licence expression %s has to be read by a person", [licence.spdx])) if {
	some thing in licensed.things
	some licence in thing.licences
	_state(licence) == "mixed"
}

undetermined contains _open(thing, "the BOM asserts nothing about the licence") if {
	some thing in licensed.things
	some licence in thing.licences
	_state(licence) == "not_asserted"
}

undetermined contains _open(thing, "the licences could not be read") if {
	some thing in licensed.things
	listed := thing.licences
	not is_array(listed)
}

undetermined contains entry if some entry in licensed.unread

# METADATA
# description: What is said beside the metadata's licence could not be read.
undetermined contains _unclear("what else is said of the licence could not be read") if {
	not licensed.in_a_bom
	not is_array(_statements)
}

# METADATA
# description: |
#   What is said elsewhere may mean another licence, or less than the licence allows. Which one holds is for a person to say.
undetermined contains entry if {
	some statement in _statements
	not _harmless(statement)
	not _contradicts(statement)
	entry := {
		"resource": input.facts.id,
		"path": _where(statement),
		"reason": _reason(statement),
	}
}

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
} else := licensed.words[licence.id] if {
	licensed.in_a_bom
	licensed.words[licence.id]
} else := "custom" if {
	_says_which(licence)
} else := "unnamed"

# A contradiction is told for sure only from a place for licences, and only of a licence that is not allowed.
_contradicts(statement) if {
	statement.says == "licence"
	statement.place in {"metadata", "section"}
	count(_named) > 0
	is_array(statement.names)
	every name in statement.names {
		is_string(name)
		not _agrees(name)
	}
	some name in statement.names
	not name in _allowed
}

# Each licence that is named is the metadata's, or another that is allowed beside it.
_harmless(statement) if {
	statement.says == "licence"
	is_array(statement.names)
	some own in statement.names
	_agrees(own)
	every name in statement.names {
		_is_allowed_beside(name)
	}
}

# Who has read and allowed a licence of its own has seen its limits and terms.
_harmless(statement) if {
	statement.says in {"limit", "terms"}
	some licence in _licences
	lower(_name(licence)) in _read
}

_harmless(statement) if {
	statement.says == "limit"
	some licence in _licences
	is_string(licence.spdx)
	contains(licence.spdx, "-NC")
}

_is_allowed_beside(name) if _agrees(name)

_is_allowed_beside(name) if name in _allowed

# "GPL" and "GPL-3.0" are names of GPL-3.0-only as well.
_agrees(name) if {
	is_string(name)
	some known in _named
	startswith(sprintf("%s-", [lower(known)]), sprintf("%s-", [lower(name)]))
}

# METADATA
# description: The licences in the metadata, each by every name that it has there.
_named contains part if {
	some licence in _licences
	is_string(licence.spdx)
	some part in regex.split(` (?:OR|AND|WITH) `, trim(licence.spdx, "()"))
}

_named contains word if {
	some licence in _licences
	not is_string(object.get(licence, "spdx", null))
	some key in ["id", "name"]
	word := licence[key]
	model_card.text(word, "") != ""
	not lower(word) in _nameless
}

_where(statement) := ["metadata", statement.key] if {
	is_string(statement.key)
} else := ["licence_statements", index] if {
	some index, listed in _statements
	listed == statement
}

_reason(statement) := sprintf("another place names %s: somebody has to say which licence holds", [concat(", ", statement.names)]) if {
	statement.says == "licence"
	is_array(statement.names)
	every name in statement.names {
		is_string(name)
	}
} else := "the text limits the use, which the licence does not: somebody has to say which holds" if {
	statement.says == "limit"
} else := "the card has terms for its licence elsewhere: somebody has to read them"

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
	not id in _nameless
}

_nameless := {"other", "unknown", "none"}

_allowed := {id | some id in input.profile.parameters.supply_chain.licence.allowed}

_read := {lower(name) | some name in input.profile.parameters.supply_chain.licence.allowed_by_name}

_open(thing, reason) := {"resource": thing.id, "path": thing.path, "reason": reason}

_unclear(reason) := {"resource": input.facts.id, "path": ["metadata", "license"], "reason": reason}

_licences := input.facts.licences

default _statements := null

_statements := input.facts.licence_statements
