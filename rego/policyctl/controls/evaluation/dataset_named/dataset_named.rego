package policyctl.controls.evaluation.dataset_named

import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.model_card
import data.policyctl.lib.results

resources := model.models

# METADATA
# description: Nobody can say what the model was measured on.
findings contains finding if {
	some one in results.about("performance")
	not _has(one, "dataset")

	finding := model.finding("no_dataset", sprintf("the result for %s names no dataset", [results.name(one.result)]), one.path)
}

# METADATA
# description: The dataset may have changed since under the same name.
findings contains finding if {
	some one in results.about("performance")
	_has(one, "dataset")
	not _has(one, "dataset_digest")

	told := [results.name(one.result), one.result.dataset]
	finding := model.finding("no_digest", sprintf("the result for %s names the dataset %s without its digest", told), one.path)
}

# METADATA
# description: Where there is no result, there is no dataset to name.
undetermined contains model.untold("no result of performance is recorded", ["evaluations"]) if {
	results.about("performance") == []
}

_has(one, key) if model_card.text(entry.value(one.result, key), "") != ""
