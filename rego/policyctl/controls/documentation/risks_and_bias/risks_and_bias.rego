package policyctl.controls.documentation.risks_and_bias

import data.policyctl.lib.model_card

resources := model_card.cards

# METADATA
# description: The card has no section about risks and biases, or one that says too little.
findings contains finding if {
	minimum := input.profile.parameters.documentation.risks_and_bias.minimum_words
	some finding in model_card.defects("risks_and_bias", minimum, "its risks and biases")
}
