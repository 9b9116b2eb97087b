package policyctl.controls.documentation.limitations

import data.policyctl.lib.model_card

resources := model_card.cards

# METADATA
# description: The card has no section about what the model or dataset cannot do, or one that says too little.
findings contains finding if {
	minimum := input.profile.parameters.documentation.limitations.minimum_words
	some finding in model_card.defects("limitations", minimum, "its limitations")
}
