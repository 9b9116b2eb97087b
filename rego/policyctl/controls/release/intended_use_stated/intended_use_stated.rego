package policyctl.controls.release.intended_use_stated

import data.policyctl.lib.model
import data.policyctl.lib.wording

resources := model.models

# METADATA
# description: Nobody says what the version is for.
findings contains model.finding("no_use", "no release record says what the version is for", ["release", "intended_use"]) if {
	_words == 0
}

# METADATA
# description: What it is for is said in so few words that it excludes nothing.
findings contains model.finding("short", message, ["release", "intended_use"]) if {
	_words > 0
	_words < _minimum
	message := sprintf("what the version is for is said in fewer than %d words: %s", [_minimum, model.stated("intended_use")])
}

_words := wording.words(model.stated("intended_use"))

_minimum := input.profile.parameters.release.intended_use_stated.minimum_words
