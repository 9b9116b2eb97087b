package policyctl.controls.data.personal_data_reviewed

import data.policyctl.lib.data_review
import data.policyctl.lib.model

resources := model.models

# METADATA
# description: Nobody has looked at training data for personal data, or what they found does not hold.
findings contains model.finding(defect.code, defect.message, defect.path) if {
	some defect in data_review.defects("personal_data", input.profile.parameters.data.personal_data_reviewed.maximum_days)
}

# METADATA
# description: It cannot be told which data were used, or what was found.
undetermined contains model.untold(one.reason, one.path) if some one in data_review.untold("personal_data")
