package policyctl.controls.evaluation.thresholds_test

import data.policyctl.controls.evaluation.thresholds as control
import data.policyctl.testing.model as make_model
import data.policyctl.testing.model_card as make

high_risk := {"classes": [{"id": "high_risk", "route": "annex_iii"}]}

other := {"classes": [{"id": "transparency"}]}

test_a_metric_at_its_threshold_passes if {
	control.resources == {"README.md"} with input as of([accuracy(0.8)], high_risk)
	control.findings == set() with input as of([accuracy(0.8)], high_risk)
	control.undetermined == set() with input as of([accuracy(0.8)], high_risk)
}

test_a_metric_below_its_threshold_fails if {
	control.findings == {{
		"code": "accuracy_below",
		"resource": "README.md",
		"message": "accuracy is 0.79, below the threshold of 0.8",
		"path": ["model-index", 0],
	}} with input as of([accuracy(0.79)], high_risk)
}

test_the_threshold_is_that_of_the_risk_class if {
	codes == set() with input as of([accuracy(0.7)], other)
	codes == {"accuracy_below"} with input as of([accuracy(0.69)], other)
	codes == {"accuracy_below"} with input as of([accuracy(0.7)], {})
}

test_error_rates_must_not_be_above_theirs if {
	codes == set() with input as of([rate("wer", 0.2)], high_risk)
	codes == {"wer_above"} with input as of([rate("wer", 0.21)], high_risk)
	codes == {"cer_above"} with input as of([rate("cer", 0.11)], high_risk)
	codes == {"perplexity_above"} with input as of([rate("perplexity", 30.5)], high_risk)
	codes == set() with input as of([rate("perplexity", 30)], high_risk)
}

test_error_rates_in_percent_are_read_as_such if {
	codes == set() with input as of([rate("wer", 20)], high_risk)
	codes == {"wer_above"} with input as of([rate("wer", 20.5)], high_risk)
	codes == {"wer_above"} with input as of([rate("wer", 100)], high_risk)
	codes == set() with input as of([rate("wer", 2)], high_risk)
	codes == {"wer_above"} with input as of([rate("wer", 1)], high_risk)
	codes == {"wer_above"} with input as of([object.union(rate("wer", 150), {"share": 1.5})], high_risk)
}

test_an_error_rate_that_may_be_either_is_undetermined if {
	every value in [1.01, 1.99, 101, -0.1] {
		codes == set() with input as of([rate("wer", value)], high_risk)
		reasons == {"the value of wer cannot be told"} with input as of([rate("wer", value)], high_risk)
	}
}

test_a_value_that_cannot_be_told_is_undetermined if {
	every broken in [null, "0.9", "", true, [0.9], -1] {
		codes == set() with input as of([object.union(accuracy(0.9), {"share": broken})], high_risk)
		reasons == {"the value of accuracy cannot be told"} with input as of([object.union(accuracy(0.9), {"share": broken})], high_risk)
		reasons == {"the value of wer cannot be told"} with input as of([rate("wer", broken)], high_risk)
		reasons == {"the value of perplexity cannot be told"} with input as of([rate("perplexity", broken)], high_risk)
	}
}

test_metrics_are_known_by_their_other_names if {
	every name, code in {"Acc": "accuracy_below", "F1 Score": "f1_below", "macro-f1": "f1_below", "roc_auc": "auc_below", "recall": "recall_below"} {
		codes == {code} with input as of([object.union(accuracy(0.1), {"metric": name})], high_risk)
	}
	codes == {"precision_below"} with input as of([object.union(accuracy(0.1), {"metric": "precision"})], high_risk)
}

test_a_metric_without_a_threshold_is_not_judged if {
	codes == set() with input as of([accuracy(0.9), rate("bleu", 1)], high_risk)
	control.undetermined == set() with input as of([accuracy(0.9), rate("bleu", 1)], high_risk)
}

test_a_card_without_any_judged_metric_is_undetermined if {
	reasons == {"no result has a metric with a threshold"} with input as of([rate("bleu", 1)], high_risk)
	reasons == {"no result has a metric with a threshold"} with input as of([], high_risk)
}

test_a_result_without_a_metric_is_undetermined if {
	every broken in [null, "", " ", 1, false, ["accuracy"]] {
		"a result names no metric" in reasons with input as of([accuracy(0.9), object.union(accuracy(0.1), {"metric": broken})], high_risk)
	}
	"a result names no metric" in reasons with input as of([object.remove(accuracy(0.1), {"metric"})], high_risk)
}

test_results_that_cannot_be_read_do_not_pass if {
	every broken in [null, "", {}, [null], ["accuracy"], [[accuracy(0.9)]]] {
		count(control.undetermined) > 0 with input as of(broken, high_risk)
		control.resources == {"README.md"} with input as of(broken, high_risk)
	}
}

test_absent_results_are_undetermined if {
	document := of([], high_risk)
	absent := object.union(document, {"facts": null})
	"no result has a metric with a threshold" in reasons with input as object.union(absent, {"facts": object.remove(document.facts, {"results"})})
}

test_a_dataset_is_not_looked_at if {
	document := make.card({"subject_type": "dataset", "results": [accuracy(0.1), {}]}, parameters, high_risk)
	control.resources == set() with input as document
	control.findings == set() with input as document
	control.undetermined == set() with input as document
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "wer_above",
		"resource": "README.md",
		"message": "wer is 1, above the threshold of 0.2",
		"path": ["model-index", 1],
	}} with input as of([rate("wer", 100)], high_risk)
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "README.md",
		"path": ["metadata", "model-index"],
		"reason": "no result has a metric with a threshold",
	}} with input as of([], high_risk)
	control.undetermined == set() with input as of([rate("wer", 2)], high_risk)
}

test_a_metric_is_known_by_each_of_its_names if {
	every name, measure in {
		"accuracy": "accuracy",
		"acc": "accuracy",
		"eval_accuracy": "accuracy",
		"Test accuracy": "accuracy",
		"f1": "f1",
		"F1-Score": "f1",
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
	} {
		codes == {sprintf("%s_below", [measure])} with input as of([object.union(accuracy(0), {"metric": name})], high_risk)
	}
	every name, measure in {
		"wer": "wer",
		"Word Error Rate": "wer",
		"cer": "cer",
		"character_error_rate": "cer",
		"perplexity": "perplexity",
		"ppl": "perplexity",
	} {
		codes == {sprintf("%s_above", [measure])} with input as of([rate(name, 100)], high_risk)
	}
}

test_nothing_wrong_is_the_best_error_rate if {
	every measure in ["wer", "cer", "perplexity"] {
		control.findings == set() with input as of([rate(measure, 0)], high_risk)
		control.undetermined == set() with input as of([rate(measure, 0)], high_risk)
	}
	codes == set() with input as of([rate("perplexity", 0.5)], high_risk)
	control.undetermined == set() with input as of([rate("perplexity", 0.5)], high_risk)
}

test_a_share_of_a_perplexity_is_not_looked_at if {
	codes == {"perplexity_above"} with input as of([object.union(rate("perplexity", 200), {"share": 2})], high_risk)
}

test_a_number_that_may_be_a_share_or_a_percentage_is_undetermined if {
	unclear := object.remove(object.union(accuracy(0), {"value": 90}), {"share"})
	codes == set() with input as of([unclear], high_risk)
	count(control.undetermined) == 1 with input as of([unclear], high_risk)
}

test_a_text_is_no_perplexity if {
	codes == set() with input as of([rate("perplexity", "200")], high_risk)
	count(control.undetermined) == 1 with input as of([rate("perplexity", "200")], high_risk)
}

test_a_result_without_a_place_is_found_in_the_index if {
	{f.path | some f in control.findings} == {["metadata", "model-index"]} with input as of([object.remove(accuracy(0), {"path"})], high_risk)
}

test_a_result_of_a_version_is_held_against_the_same_thresholds if {
	control.resources == {"mlflow:wine/1"} with input as version([recorded("accuracy_score", 0.8)])
	control.findings == set() with input as version([recorded("accuracy_score", 0.8)])
	control.undetermined == set() with input as version([recorded("accuracy_score", 0.8)])
	control.findings == {{
		"code": "accuracy_below",
		"resource": "mlflow:wine/1",
		"message": "accuracy_score is 0.79, below the threshold of 0.8",
		"path": ["evaluations", 1],
	}} with input as version([recorded("f1_score", 0.8), recorded("accuracy_score", 0.79)])
	codes == {"wer_above"} with input as version([recorded("wer", 0.21)])
	codes == {"perplexity_above"} with input as version([recorded("perplexity", 31)])
	codes == set() with input as version([recorded("perplexity", 1.5)])
	control.undetermined == set() with input as version([recorded("perplexity", 1.5)])
}

test_a_percentage_of_a_version_is_read_as_such if {
	codes == set() with input as version([recorded("f1_score", 80)])
	codes == {"f1_below"} with input as version([recorded("f1_score", 79.9)])
}

test_a_value_of_a_version_that_cannot_be_told_is_undetermined if {
	every broken in [null, "0.9", "", true, [0.9], -1, 1.5, 101] {
		control.findings == set() with input as version([recorded("accuracy", broken)])
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"path": ["evaluations", 0],
			"reason": "the value of accuracy cannot be told",
		}} with input as version([recorded("accuracy", broken)])
	}
	every broken in [null, "9", -1] {
		count(control.undetermined) == 1 with input as version([recorded("perplexity", broken)])
	}
	count(control.undetermined) == 1 with input as version([object.remove(recorded("accuracy", 1), {"value"})])
}

test_a_version_without_any_judged_metric_is_undetermined if {
	control.undetermined == {{
		"resource": "mlflow:wine/1",
		"path": ["evaluations"],
		"reason": "no result has a metric with a threshold",
	}} with input as version([recorded("bleu", 1)])
	reasons == {"no result has a metric with a threshold"} with input as version([recorded("training_accuracy_score", 1)])
	"a result names no metric" in reasons with input as version([recorded("", 1), recorded("f1", 1)])
	"a result names no metric" in reasons with input as version([null, recorded("f1", 1)])
}

test_a_version_has_no_threshold_for_what_was_measured_under_attack if {
	attacked := object.union(recorded("accuracy", 0.1), {"aspect": "robustness"})
	control.findings == set() with input as version([attacked, recorded("f1", 1)])
	control.undetermined == set() with input as version([attacked, recorded("f1", 1)])
}

codes := {finding.code | some finding in control.findings}

reasons := {entry.reason | some entry in control.undetermined}

accuracy(share) := {"path": ["model-index", 0], "metric": "accuracy", "value": share, "share": share, "dataset": "imdb"}

rate(metric, value) := {"path": ["model-index", 1], "metric": metric, "value": value, "dataset": "imdb"}

recorded(metric, value) := {"metric": metric, "value": value, "tool": "mlflow", "bound": "registry", "aspect": "performance"}

version(evaluations) := make_model.version({"evaluations": evaluations}, parameters, high_risk)

parameters := {"evaluation": {"thresholds": {
	"accuracy": {"high_risk": 0.8, "other": 0.7},
	"f1": {"high_risk": 0.8, "other": 0.7},
	"precision": {"high_risk": 0.8, "other": 0.7},
	"recall": {"high_risk": 0.8, "other": 0.7},
	"auc": {"high_risk": 0.85, "other": 0.75},
	"wer": {"high_risk": 0.2, "other": 0.3},
	"cer": {"high_risk": 0.1, "other": 0.15},
	"perplexity": {"high_risk": 30, "other": 100},
}}}

of(results, system) := make.card({"results": results}, parameters, system)
