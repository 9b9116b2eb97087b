package policyctl.controls.bom.performance_metrics

import data.policyctl.lib.bom

resources := bom.model_ids

# METADATA
# description: No metric is given.
findings contains finding if {
	some model in bom.models
	bom.listed(model, "metrics") == []

	finding := {
		"code": "no_metrics",
		"resource": model.id,
		"message": "no performance metric is given",
		"path": bom.at(model, ["modelCard", "quantitativeAnalysis", "performanceMetrics"]),
	}
}

# METADATA
# description: A number stands there, and not of what it is.
findings contains _finding(model, metric, "no_metric", "a performance metric is not named") if {
	some model in bom.models
	some metric in bom.listed(model, "metrics")
	is_object(metric)
	_name(metric) == ""
}

# METADATA
# description: A metric is named, and what stands as its value is not one number.
findings contains _finding(model, metric, "no_value", sprintf("the value of %s is not one number", [_called(metric)])) if {
	some model in bom.models
	some metric in bom.listed(model, "metrics")
	is_object(metric)
	not _has_value(metric)
}

undetermined contains entry if {
	some model in bom.models
	some metric in bom.listed(model, "metrics")
	not is_object(metric)

	entry := {"resource": model.id, "path": bom.at(model, []), "reason": "a performance metric could not be read"}
}

undetermined contains entry if some entry in bom.unread_models

_has_value(metric) if is_number(metric.value)

_name(metric) := bom.text(object.get(metric, "name", null), "")

_called(metric) := bom.text(object.get(metric, "name", null), "an unnamed metric")

_finding(model, metric, code, message) := {
	"code": code,
	"resource": model.id,
	"message": message,
	"path": bom.at(metric, []),
}
