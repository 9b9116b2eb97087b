package policyctl.controls.evaluation.results_bound

import data.policyctl.lib.model
import data.policyctl.lib.results

resources := model.models

# METADATA
# description: Nobody has evaluated this version, or nobody has recorded it.
findings contains model.finding("no_results", "no evaluation result is recorded of this version", ["evaluations"]) if {
	results.evaluated == []
}

# METADATA
# description: Whatever is known of one aspect may be about other files.
findings contains finding if {
	some one in results.evaluated
	aspect := results.aspect_of(one.result)
	bound := [other | some other in results.about(aspect); results.is_bound(other.result)]
	bound == []

	told := [aspect, results.name(one.result)]
	finding := model.finding("not_bound", sprintf("no result about %s is tied to this very version, as %s is not", told), one.path)
}
