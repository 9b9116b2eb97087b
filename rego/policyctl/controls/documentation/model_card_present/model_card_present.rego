package policyctl.controls.documentation.model_card_present

import data.policyctl.lib.entry
import data.policyctl.lib.model

resources := model.models

# METADATA
# description: Neither the version's files nor those of its run hold a card.
findings contains model.finding("no_card", "the version has no card", ["card"]) if {
	model.card == null
}

# METADATA
# description: What is called like a card is that of a dataset.
findings contains finding if {
	model.card != null
	entry.value(entry.value(model.card, "facts"), "subject_type") != "model"

	finding := model.finding("not_of_a_model", sprintf("%s is no card of a model", [entry.told(model.card, "path", "the card")]), ["card"])
}

# METADATA
# description: The card may be exchanged after it was judged.
findings contains model.finding("not_bound", "the digest of the version's card is not known", ["card", "sha256"]) if {
	model.card != null
	model.is_digest(entry.value(model.card, "sha256")) == false
}
