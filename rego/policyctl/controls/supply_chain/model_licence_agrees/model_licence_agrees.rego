package policyctl.controls.supply_chain.model_licence_agrees

import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.wording

resources := model.models

# METADATA
# description: Neither the card nor a tag says under which licence the model may be used.
findings contains model.finding("no_licence", "neither the card nor a tag of the version names a licence", ["card"]) if {
	count(_of_card) == 0
	count(_of_tags) == 0
}

# METADATA
# description: Who reads the one source takes the model for something else than who reads the other.
findings contains finding if {
	count(_of_card) > 0
	some tag, licence in _of_tags
	not _plain(licence) in {name | some names in _of_card; some name in names}

	told := [tag, licence, concat(", ", ...)]
}
