package policyctl.controls.documentation.contact

import data.policyctl.lib.model_card

resources := model_card.cards

# METADATA
# description: Neither an owner nor an address for questions is named, and no section says how to reach anybody.
findings contains finding if {
	count(_named) == 0
	model_card.state("contact", 1) != "written"

	finding := {
		"code": "no_contact",
		"resource": input.facts.id,
		"message": "the card names nobody who answers for it",
		"path": ["contacts"],
	}
}

_named contains owner if {
	some owner in input.facts.owners
	model_card.text(owner, "") != ""
}

_named contains contact if {
	some contact in input.facts.contacts
	model_card.text(contact, "") != ""
}
