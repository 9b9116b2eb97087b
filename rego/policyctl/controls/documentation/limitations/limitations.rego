package policyctl.controls.documentation.limitations

import data.policyctl.lib.described

resources := described.resources

# METADATA
# description: The card has no section about what the model or dataset cannot do, or one that says too little.
findings contains finding if {
	minimum := input.profile.parameters.documentation.limitations.minimum_words
	some finding in described.defects("limitations", minimum, "its limitations")
}

# METADATA
# description: Of a model in a BOM that could not be read, nothing can be told.
undetermined contains entry if some entry in described.unread
