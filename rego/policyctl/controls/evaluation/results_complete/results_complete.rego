package policyctl.controls.evaluation.results_complete

import data.policyctl.lib.model_card

resources := model_card.models

# METADATA
# description: No result stands in the metadata, where programs find it. A text about an evaluation is told from none at all.
findings contains finding if {
	some id in model_card.models
	_results == []

	finding := {
		"code": "no_results",
		"resource": id,
		"message": _none[model_card.state("evaluation", 1)],
		"path": ["metadata", "model-index"],
	}
}

findings contains _incomplete(result, "no_metric", "an evaluation result names no metric") if {
	some result in _judged
	model_card.text(object.get(result, "metric", null), "") == ""
}

findings contains _incomplete(result, "no_value", sprintf("the result for %s is not a number", [_metric(result)])) if {
	some result in _judged
	not is_number(object.get(result, "value", null))
}

findings contains _incomplete(result, "no_dataset", sprintf("the result for %s names no data set", [_metric(result)])) if {
	some result in _judged
	model_card.text(object.get(result, "dataset", null), "") == ""
}

undetermined contains _unclear("the evaluation results could not be read") if {
	count(model_card.models) > 0
	not is_array(_results)
}

undetermined contains _unclear("an evaluation result could not be read") if {
	count(model_card.models) > 0
	some result in _results
	not is_object(result)
}

_none := {
	"written": "the evaluation stands in the text only, no result in the metadata",
	"short": "the evaluation stands in the text only, no result in the metadata",
	"placeholder": "the card has a heading for its evaluation and no result",
	"missing": "the card names no evaluation result",
}

_judged := [result |
	count(model_card.models) > 0
	some result in _results
	is_object(result)
]

_incomplete(result, code, message) := {
	"code": code,
	"resource": input.facts.id,
	"message": message,
	"path": model_card.at(result, ["metadata", "model-index"]),
}

_metric(result) := model_card.text(object.get(result, "metric", null), "an unnamed metric")

_unclear(reason) := {"resource": input.facts.id, "path": ["metadata", "model-index"], "reason": reason}

default _results := null

_results := input.facts.results
