package policyctl.controls.impact.affected_named

import data.policyctl.lib.impact
import data.policyctl.lib.wording

resources contains input.facts.id

# METADATA
# description: Nobody is named whom the use is likely to affect.
findings contains finding if {
	count(impact.affected) == 0

	finding := {
		"code": "no_affected",
		"resource": input.facts.id,
		"message": "no category of persons or group is named that the use is likely to affect",
		"path": ["affected"],
	}
}

# METADATA
# description: An entry stands for a group and does not say which.
findings contains finding if {
	some place, affected in impact.affected
	group := object.get(affected, "group", null)
	wording.says_something(group) == false

	finding := {
		"code": "unnamed_group",
		"resource": input.facts.id,
		"message": sprintf("group %d of those affected has no name", [place + 1]),
		"path": ["affected", place, "group"],
	}
}
