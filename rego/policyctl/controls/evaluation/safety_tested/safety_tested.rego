package policyctl.controls.evaluation.safety_tested

import data.policyctl.law
import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.results

resources contains input.facts.id if _asked

# METADATA
# description: Nobody has recorded what the model says when it is led to harm somebody.
findings contains model.finding("no_results", "no result about safety is recorded of this very version", ["evaluations"]) if {
	_asked
	_measured == []
}

_measured := [one |
	some one in results.about("safety")
	results.is_bound(one.result)
	is_number(entry.value(one.result, "value"))
]

_asked if {
	some class in input.profile.parameters.evaluation.safety_tested.classes
	class in law.classes
}
