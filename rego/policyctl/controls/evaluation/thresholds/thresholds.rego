package policyctl.controls.evaluation.thresholds

import data.policyctl.law
import data.policyctl.lib.entry
import data.policyctl.lib.measures
import data.policyctl.lib.model_card
import data.policyctl.lib.results

resources := model_card.models

# METADATA
# description: A metric is on the wrong side of its threshold for this system's risk class.
findings contains finding if {
	some one in _judged
	measure := _measure(one.result)
	limit := _limits[measure]
	number := _number(one.result)
	number != null
	not _reaches(measure, number, limit)

	finding := {
		"code": sprintf("%s_%s", [measure, _side(measure)]),
		"resource": input.facts.id,
		"message": sprintf("%s is %v, %s the threshold of %v", [one.result.metric, number, _side(measure), limit]),
		"path": one.path,
	}
}

# METADATA
# description: A value is missing, or may be a fraction as well as a percentage.
undetermined contains _unclear(sprintf("the value of %s cannot be told", [one.result.metric]), one.path) if {
	some one in _judged
	_number(one.result) == null
}

undetermined contains _unclear("a result names no metric", _place) if {
	some one in _results
	_measure(one.result) == ""
}

undetermined contains _unclear("no result has a metric with a threshold", _place) if {
	some id in model_card.models
	count(_judged) == 0
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

_side(measure) := "above" if {
	measures.is_error(measure)
} else := "below"

_reaches(measure, number, limit) if {
	measures.is_error(measure)
	number <= limit
}

_reaches(measure, number, limit) if {
	not measures.is_error(measure)
	number >= limit
}

_judged := [one | some one in _results; _limits[_measure(one.result)]]

# Those of a card, or those that were recorded of a version of a model; what was measured under attack has no threshold here.
_results := results.about("performance") if {
	_is_version
} else := [{"result": result, "path": model_card.at(result, _place)} |
	count(model_card.models) > 0
	some result in input.facts.results
]

_place := ["evaluations"] if {
	_is_version
} else := ["metadata", "model-index"]

_is_version if input.kind == "model"

_measure(result) := measures.named(entry.value(result, "metric"))

# The value to compare, null where it cannot be told. A share is a fraction for certain, and cards have one but of error rates, which can
# exceed 1.
_number(result) := result.share if {
	is_number(result.share)
	_measure(result) != "perplexity"
	result.share >= 0
} else := result.value if {
	is_number(result.value)
	result.value >= 0
	_measure(result) == "perplexity"
} else := measures.fraction(result.value) if {
	_has_no_share(_measure(result))
} else := null

_has_no_share(measure) if measure in {"wer", "cer"}

_has_no_share(_) if _is_version

_unclear(reason, path) := {"resource": input.facts.id, "path": path, "reason": reason}
