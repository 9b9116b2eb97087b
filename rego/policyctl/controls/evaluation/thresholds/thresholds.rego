package policyctl.controls.evaluation.thresholds

import data.policyctl.law
import data.policyctl.lib.model_card

resources := model_card.models

# METADATA
# description: A metric is on the wrong side of its threshold for this system's risk class.
findings contains finding if {
	some result in _judged
	limit := _limits[_measure(result)]
	number := _number(result)
	number != null
	measure := _measure(result)
	not _reaches(measure, number, limit)

	finding := {
		"code": sprintf("%s_%s", [measure, _side(measure)]),
		"resource": input.facts.id,
		"message": sprintf("%s is %v, %s the threshold of %v", [result.metric, number, _side(measure), limit]),
		"path": model_card.at(result, ["metadata", "model-index"]),
	}
}

# METADATA
# description: A value is missing, or may be a fraction as well as a percentage.
undetermined contains _unclear(result, sprintf("the value of %s cannot be told", [result.metric])) if {
	some result in _judged
	_number(result) == null
}

undetermined contains _unclear({}, "a result names no metric") if {
	some id in model_card.models
	some result in _results
	_measure(result) == ""
}

undetermined contains _unclear({}, "no result has a metric with a threshold") if {
	some id in model_card.models
	count(_judged) == 0
}

# Metrics by the names that cards give them, "_" for blanks and dashes.
_measures := {
	"accuracy": "accuracy",
	"acc": "accuracy",
	"eval_accuracy": "accuracy",
	"test_accuracy": "accuracy",
	"f1": "f1",
	"f1_score": "f1",
	"f1_macro": "f1",
	"f1_micro": "f1",
	"f1_weighted": "f1",
	"macro_f1": "f1",
	"micro_f1": "f1",
	"weighted_f1": "f1",
	"precision": "precision",
	"recall": "recall",
	"auc": "auc",
	"auroc": "auc",
	"roc_auc": "auc",
	"wer": "wer",
	"word_error_rate": "wer",
	"cer": "cer",
	"character_error_rate": "cer",
	"perplexity": "perplexity",
	"ppl": "perplexity",
}

_limits := {
	"accuracy": law.by_class(input.profile.parameters.evaluation.thresholds.accuracy),
	"f1": law.by_class(input.profile.parameters.evaluation.thresholds.f1),
	"precision": law.by_class(input.profile.parameters.evaluation.thresholds.precision),
	"recall": law.by_class(input.profile.parameters.evaluation.thresholds.recall),
	"auc": law.by_class(input.profile.parameters.evaluation.thresholds.auc),
	"wer": law.by_class(input.profile.parameters.evaluation.thresholds.wer),
	"cer": law.by_class(input.profile.parameters.evaluation.thresholds.cer),
	"perplexity": law.by_class(input.profile.parameters.evaluation.thresholds.perplexity),
}

_lower_is_better := {"wer", "cer", "perplexity"}

_error_rates := {"wer", "cer"}

_side(measure) := "above" if {
	measure in _lower_is_better
} else := "below"

_reaches(measure, number, limit) if {
	measure in _lower_is_better
	number <= limit
}

_reaches(measure, number, limit) if {
	not measure in _lower_is_better
	number >= limit
}

_judged := [result |
	count(model_card.models) > 0
	some result in _results
	_limits[_measure(result)]
]

# What a result measures: "" where it names nothing, "other" where there is no threshold for it.
_measure(result) := "" if {
	model_card.text(_metric(result), "") == ""
} else := _measures[replace(replace(lower(trim_space(_metric(result))), " ", "_"), "-", "_")] if {
	_measures[replace(replace(lower(trim_space(_metric(result))), " ", "_"), "-", "_")]
} else := "other"

_metric(result) := result.metric if {
	result.metric
} else := ""

# The value to compare, null where it cannot be told. A share is a fraction for certain. Error rates can exceed 1, so only from 2 to 100
# are they percentages; other fractions are given as shares by the collector, whatever the card wrote.
_number(result) := result.share if {
	is_number(result.share)
	_measure(result) != "perplexity"
	result.share >= 0
} else := result.value if {
	is_number(result.value)
	result.value >= 0
	_measure(result) == "perplexity"
} else := result.value if {
	is_number(result.value)
	result.value >= 0
	result.value <= 1
	_measure(result) in _error_rates
} else := result.value / 100 if {
	is_number(result.value)
	result.value >= 2
	result.value <= 100
	_measure(result) in _error_rates
} else := null

_unclear(result, reason) := {
	"resource": input.facts.id,
	"path": model_card.at(result, ["metadata", "model-index"]),
	"reason": reason,
}

default _results := null

_results := input.facts.results
