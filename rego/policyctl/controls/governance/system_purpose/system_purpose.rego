package policyctl.controls.governance.system_purpose

import data.policyctl.lib.wording

resources := {input.facts.id}

# METADATA
# description: No purpose is stated, or a placeholder stands there.
findings contains finding if {
	_words == 0

	finding := {
		"code": "no_purpose",
		"resource": input.facts.id,
		"message": "the purpose of the system is not stated",
		"path": ["purpose"],
	}
}

# METADATA
# description: The purpose has fewer words than the profile asks for.
findings contains finding if {
	_words > 0
	_words < _minimum

	finding := {
		"code": "too_short",
		"resource": input.facts.id,
		"message": sprintf("the purpose of the system has %d words, and %d are the least that say something", [_words, _minimum]),
		"path": ["purpose"],
	}
}

_words := wording.words(_purpose)

_minimum := input.profile.parameters.governance.system_purpose.minimum_words

default _purpose := null

_purpose := input.facts.purpose
