package policyctl.controls.evaluation.examinations_passed

import data.policyctl.lib.model
import data.policyctl.lib.results

resources contains input.facts.id if count(_concluded) > 0

resources contains input.facts.id if count(_unreadable) > 0

# METADATA
# description: The tool that made the examination concludes that it was not passed, or what it concludes is neither yes nor no.
findings contains finding if {
	some one in _concluded
	one.result.passed != true

	told := [results.aspect_of(one.result), results.name(one.result)]
	finding := model.finding("not_passed", sprintf("the examination of %s by %s was not passed", told), one.path)
}

# METADATA
# description: What stands among the results is none, and may be a conclusion.
undetermined contains model.untold("what one of the results is about cannot be told", ["evaluations", index]) if {
	some index in _unreadable
}

_unreadable := [index |
	some index, result in input.facts.evaluations
	model.text(result, "metric") == null
]

# Where a tool says no more than a number, there is no conclusion.
_concluded := [one |
	some one in results.evaluated
	_ = one.result.passed
]
