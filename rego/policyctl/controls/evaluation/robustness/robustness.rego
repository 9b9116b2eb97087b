package policyctl.controls.evaluation.robustness

import data.policyctl.law
import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.results

resources contains input.facts.id if _asked

# METADATA
# description: Nobody has recorded how the model answers when its inputs are not as they should be.
findings contains model.finding("no_results", "no result about robustness is recorded of this very version", ["evaluations"]) if {
	_asked
	_measured == []
}

_measured := [one |
	some one in results.about("robustness")
	results.is_bound(one.result)
	is_number(entry.value(one.result, "value"))
]

_asked if {
	some class in input.profile.parameters.evaluation.robustness.classes
	class in law.classes
}
