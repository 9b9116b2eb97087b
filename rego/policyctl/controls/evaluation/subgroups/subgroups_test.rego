package policyctl.controls.evaluation.subgroups_test

import data.policyctl.controls.evaluation.subgroups as control
import data.policyctl.testing.model as make

test_groups_that_are_served_alike_pass if {
	control.resources == {"mlflow:wine/1"} with input as of([female(0.75), male(0.875)])
	control.findings == set() with input as of([female(0.75), male(0.875)])
	control.undetermined == set() with input as of([female(0.75), male(0.875), object.remove(male(1), {"slice"})])
}

test_a_gap_fails if {
	control.findings == {{
		"code": "gap",
		"resource": "mlflow:wine/1",
		"message": "recall_score is 0.7 for sex=female and 0.875 for sex=male, more than 0.125 apart",
		"path": ["evaluations", 1],
	}} with input as of([male(0.875), female(0.7)])
	control.undetermined == set() with input as of([male(0.875), female(0.7)])
	codes == set() with input as of([male(0.875), female(0.75)])
	codes == set() with input as of([male(87.5), female(0.75)])
}

test_of_several_groups_the_best_and_the_worst_count if {
	{finding.path | some finding in control.findings} == {["evaluations", 2]} with input as of([male(0.875), part("sex=other", 0.8), female(0.5), part("sex=untold", 0.5), part("sex=x", 0.875)])
	count(control.findings) == 1 with input as of([male(0.875), part("sex=other", 0.8), female(0.5), part("sex=untold", 0.5), part("sex=x", 0.875)])
}

test_a_version_without_groups_fails if {
	control.findings == {{
		"code": "no_subgroups",
		"resource": "mlflow:wine/1",
		"message": "none of accuracy, recall is recorded for two groups that can be compared",
		"path": ["evaluations"],
	}} with input as of([])
	every other in [
		object.remove(male(0.875), {"slice"}),
		object.union(male(0.875), {"bound": "nothing"}),
		object.union(male(0.875), {"metric": "bleu"}),
		object.union(male(0.875), {"metric": "accuracy_score"}),
		object.union(male(0.875), {"dataset": "holdout-2025"}),
		object.union(male(0.875), {"dataset_digest": "00000000"}),
		object.union(male(0.875), {"run": "5c02"}),
		object.union(male(0.875), {"aspect": "robustness"}),
		part("age=60", 0.875),
		female(0.875),
		null,
	] {
		codes == {"no_subgroups"} with input as of([female(0.75), other])
	}
}

test_a_metric_that_does_not_count_is_not_compared if {
	bleu := [object.union(one, {"metric": "bleu"}) | some one in [female(0.1), male(0.9)]]
	codes == {"no_subgroups"} with input as of(bleu)
	codes == set() with input as of(array.concat(bleu, [female(0.75), male(0.75)]))
}

test_one_group_alone_cannot_be_compared if {
	control.undetermined == {{
		"resource": "mlflow:wine/1",
		"reason": "recall_score is recorded for age=60, and for no other group",
		"path": ["evaluations", 2],
	}} with input as of([female(0.75), male(0.75), part("age=60", 0.5)])
	codes == set() with input as of([female(0.75), male(0.75), part("age=60", 0.5)])
}

test_a_value_that_cannot_be_told_is_undetermined if {
	every broken in [null, "0.75", 1.5, -1, true] {
		codes == set() with input as of([female(broken), male(0.75), part("sex=other", 0.75)])
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "the value of recall_score for sex=female cannot be told",
			"path": ["evaluations", 0],
		}} with input as of([female(broken), male(0.75), part("sex=other", 0.75)])
	}
	codes == {"gap"} with input as of([female(null), male(0.875), part("sex=other", 0.5)])
}

test_a_part_of_the_data_that_cannot_be_read_is_undetermined if {
	every broken in [null, "", "female", "=female", " =female", "sex=", "sex= ", 7, ["sex=female"], true] {
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "the part of the data that recall_score is about cannot be told",
			"path": ["evaluations", 2],
		}} with input as of([female(0.75), male(0.75), part(broken, 0.1)])
	}
	control.undetermined == set() with input as of([part("sex =female", 0.75), part("sex= male", 0.75)])
}

test_what_is_no_result_may_be_that_of_a_group if {
	changed := {
		object.union(male(0.75), {"metric": null}),
		object.union(male(0.75), {"metric": 7}),
		object.union(male(0.75), {"metric": " "}),
		object.remove(male(0.75), ["metric"]),
		object.union(male(0.75), {"bound": "tag"}),
		object.union(male(0.75), {"bound": null}),
		object.remove(male(0.75), ["bound"]),
		null,
		"recall",
		[],
	}
	every broken in changed {
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "what one of the results is about cannot be told",
			"path": ["evaluations", 2],
		}} with input as of([female(0.75), male(0.75), broken])
	}
	every bound in ["artefact", "registry", "name", "nothing"] {
		control.undetermined == set() with input as of([female(0.75), male(0.75), object.union(female(0.75), {"bound": bound})])
	}
}

test_a_class_that_does_not_ask_for_groups_is_not_looked_at if {
	control.resources == set() with input as make.version({"evaluations": [female(0.1), male(1), part("", 1), part("age=60", null), null]}, parameters, other)
	control.findings == set() with input as make.version({"evaluations": [female(0.1), male(1), part("", 1), part("age=60", null), null]}, parameters, other)
	control.undetermined == set() with input as make.version({"evaluations": [female(0.1), male(1), part("", 1), part("age=60", null), null]}, parameters, other)
	control.findings == set() with input as make.version({}, parameters, other)
}

test_without_a_class_high_risk_is_assumed if {
	codes == {"no_subgroups"} with input as make.version({}, parameters, {})
}

codes := {finding.code | some finding in control.findings}

other := {"classes": [{"id": "transparency"}]}

parameters := {"evaluation": {"subgroups": {"classes": ["gpai", "high_risk"], "metrics": ["recall", "accuracy"], "maximum_gap": 0.125}}}

female(value) := part("sex=female", value)

male(value) := part("sex=male", value)

part(slice, value) := {
	"metric": "recall_score",
	"value": value,
	"slice": slice,
	"tool": "mlflow",
	"bound": "registry",
	"aspect": "performance",
	"dataset": "holdout-2026",
	"dataset_digest": "8d1f9c2a",
	"run": "5c01",
}

of(evaluations) := make.version({"evaluations": evaluations}, parameters, {"classes": [{"id": "high_risk", "route": "annex_iii"}]})
