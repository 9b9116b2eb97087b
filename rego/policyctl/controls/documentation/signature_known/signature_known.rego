package policyctl.controls.documentation.signature_known

import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.wording

resources := model.models

# METADATA
# description: Nothing says what the model takes and gives.
findings contains model.finding("no_signature", "the version does not say what it takes and gives", ["signature"]) if {
	_signature == null
}

# METADATA
# description: One of the two is said, and the other is not.
findings contains model.finding(sprintf("no_%s", [side]), sprintf("the version does not name its %s", [side]), ["signature", side]) if {
	_signature != null
	some side in ["inputs", "outputs"]
	_columns(side) == []
}

# METADATA
# description: A column is named, and what stands in it is not.
undetermined contains model.untold(sprintf("the type of one of its %s cannot be told", [side]), ["signature", side]) if {
	some side in ["inputs", "outputs"]
	some column in _columns(side)
	wording.says_something(entry.value(column, "type")) == false
}

_columns(side) := entry.listed(entry.value(_signature, side))

_signature := input.facts.signature if {
	is_object(input.facts.signature)
} else := null
