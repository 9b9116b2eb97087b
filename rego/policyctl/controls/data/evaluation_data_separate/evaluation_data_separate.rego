package policyctl.controls.data.evaluation_data_separate

import data.policyctl.lib.model

resources := model.models

# METADATA
# description: What the model was measured on, it was trained on.
findings contains model.finding("seen_in_training", message, ["evaluations", min(indexes), "dataset_digest"]) if {
	some digest, indexes in _measured
	some dataset in model.training
	model.same_data(digest, model.text(dataset, "digest")) == "yes"
	message := sprintf("%s measured on the data %s, on which the model was trained", [_metrics(indexes), digest])
}

# METADATA
# description: Two digests of different kinds may be of the same data.
undetermined contains model.untold(reason, ["evaluations", min(indexes), "dataset_digest"]) if {
	some digest, indexes in _measured
	some dataset in model.training
	other := model.text(dataset, "digest")
	other != null
	model.same_data(digest, other) == "untold"
	reason := sprintf("the digest %s, on which %s measured, cannot be compared with that of the training data, %s", [digest, _metrics(indexes), other])
}

# METADATA
# description: It is not recorded what a result was measured on.
undetermined contains model.untold(reason, ["evaluations"]) if {
	indexes := {index | some index, result in _results; model.text(result, "dataset_digest") == null}
	count(indexes) > 0
	reason := sprintf("no digest is recorded of the data on which %s measured", [_metrics(indexes)])
}

# METADATA
# description: There is nothing that tells how the model does on new data.
undetermined contains model.untold("no result is recorded but on training data", ["evaluations"]) if count(_results) == 0

# METADATA
# description: It is not known what the model was trained on.
undetermined contains model.untold("it is not recorded on which data the model was trained", ["datasets"]) if count(model.training) == 0

undetermined contains model.untold("no digest is recorded of the data on which the model was trained", ["datasets", index, "digest"]) if {
	some index, dataset in model.training
	model.text(dataset, "digest") == null
}

# A result on training data is no harm where its name says so.
_results[index] := result if {
	some index, result in model.evaluations
	not regex.match(`^(train|training)[^a-z]`, _metric(result))
}

_measured[digest] contains index if {
	some index, result in _results
	digest := model.text(result, "dataset_digest")
	digest != null
}

_metrics(indexes) := sprintf("%s was", [metric]) if {
	names := {_metric(model.evaluations[index]) | some index in indexes}
	count(names) == 1
	some metric in names
} else := sprintf("%s were", [concat(", ", sort({_metric(model.evaluations[index]) | some index in indexes}))])

_metric(result) := metric if {
	metric := model.text(result, "metric")
	metric != null
} else := "a result without a name"
