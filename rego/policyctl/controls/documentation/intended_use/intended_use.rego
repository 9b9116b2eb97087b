package policyctl.controls.documentation.intended_use

import data.policyctl.lib.described

resources := described.resources

# METADATA
# description: The card has no section about what the model or dataset is for, or one that says too little.
findings contains finding if {
	minimum := input.profile.parameters.documentation.intended_use.minimum_words
	some finding in described.defects("intended_use", minimum, "its intended use")
}

# METADATA
# description: Of a model in a BOM that could not be read, nothing can be told.
undetermined contains entry if some entry in described.unread
