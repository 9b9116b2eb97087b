package policyctl.controls.documentation.intended_use

import data.policyctl.lib.model_card

resources := model_card.cards

# METADATA
# description: The card has no section about what the model or dataset is for, or one that says too little.
findings contains finding if {
	minimum := input.profile.parameters.documentation.intended_use.minimum_words
	some finding in model_card.defects("intended_use", minimum, "its intended use")
}
