package policyctl.controls.documentation.risks_and_bias

import data.policyctl.lib.described

resources := described.resources

# METADATA
# description: The card has no section about risks and biases, or one that says too little.
findings contains finding if {
	minimum := input.profile.parameters.documentation.risks_and_bias.minimum_words
	some finding in described.defects("risks_and_bias", minimum, "its risks and biases")
}

# METADATA
# description: Of a model in a BOM that could not be read, nothing can be told.
undetermined contains entry if some entry in described.unread
