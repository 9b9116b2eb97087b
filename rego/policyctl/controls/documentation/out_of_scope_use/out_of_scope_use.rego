package policyctl.controls.documentation.out_of_scope_use

import data.policyctl.lib.model_card

resources := model_card.cards

# METADATA
# description: The card has no section about what the model or dataset must not be used for, or one that says too little.
findings contains finding if {
	minimum := input.profile.parameters.documentation.out_of_scope_use.minimum_words
	some finding in model_card.defects("out_of_scope_use", minimum, "the uses that are out of scope")
}
