package policyctl.controls.evaluation.recent_test

import data.policyctl.controls.evaluation.recent as control
import data.policyctl.testing.model as make

test_a_recent_evaluation_passes if {
	control.resources == {"mlflow:wine/1"} with input as of([result("2026-11-01")], other)
	control.findings == set() with input as of([result("2026-11-01")], other)
	control.undetermined == set() with input as of([result("2026-11-01")], other)
}

test_an_evaluation_counts_for_as_long_as_the_class_allows if {
	codes == set() with input as of([result("2026-08-23")], high_risk)
	control.findings == {{
		"code": "too_old",
		"resource": "mlflow:wine/1",
		"message": "the last evaluation is of 2026-08-22, more than 90 days ago",
		"path": ["evaluations", 0],
	}} with input as of([result("2026-08-22")], high_risk)
	codes == set() with input as of([result("2026-08-22")], other)
}

test_the_last_evaluation_counts if {
	codes == set() with input as of([result("2026-08-02"), result("2026-11-01"), result("2026-08-03")], high_risk)
	{finding.path | some finding in control.findings} == {["evaluations", 1]} with input as of([result("2026-08-02"), result("2026-08-03")], high_risk)
	{finding.path | some finding in control.findings} == {["evaluations", 0]} with input as of([result("2026-08-02"), result("2026-08-02")], high_risk)
}

test_an_evaluation_before_the_training_fails if {
	control.findings == {{
		"code": "before_training",
		"resource": "mlflow:wine/1",
		"message": "the last evaluation is of 2026-10-01T12:00:00.000Z, before the training began at 2026-10-01T12:00:00.001Z",
		"path": ["evaluations", 0],
	}} with input as trained("2026-10-01T12:00:00.001Z")
	codes == set() with input as trained("2026-10-01T12:00:00.000Z")
}

test_an_evaluation_on_a_day_to_come_fails if {
	codes == set() with input as of([result("2026-11-21")], other)
	control.findings == {{
		"code": "in_future",
		"resource": "mlflow:wine/1",
		"message": "the last evaluation is of 2026-11-22, a day to come",
		"path": ["evaluations", 0],
	}} with input as of([result("2026-11-22")], other)
}

test_only_results_that_count_are_dated if {
	good := result("2026-11-01")
	every broken in [
		object.union(good, {"bound": "name"}),
		object.union(good, {"value": "0.9"}),
		object.remove(good, {"value"}),
		object.union(good, {"at": "2026-11-01"}),
		object.remove(good, {"at"}),
		object.union(good, {"metric": "training_recall"}),
		null,
	] {
		control.findings == set() with input as of([broken], other)
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "no result of this very version says when it was measured",
			"path": ["evaluations"],
		}} with input as of([broken], other)
	}
}

test_a_training_without_a_beginning_cannot_be_told if {
	every broken in [null, "", "2026-10-01", 1795370000000, {}] {
		control.findings == set() with input as trained(broken)
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "it is not known when the training began",
			"path": ["run", "started"],
		}} with input as trained(broken)
	}
	count(control.undetermined) == 1 with input as make.version({"evaluations": [result("2026-11-01")]}, parameters, other)
}

codes := {finding.code | some finding in control.findings}

high_risk := {"classes": [{"id": "high_risk", "route": "annex_iii"}]}

other := {"classes": [{"id": "transparency"}]}

parameters := {"evaluation": {"recent": {"maximum_days": {"high_risk": 90, "other": 365}}}}

result(day) := {
	"metric": "recall",
	"value": 0.9,
	"tool": "mlflow",
	"bound": "registry",
	"aspect": "performance",
	"at": sprintf("%sT12:00:00.000Z", [day]),
}

of(evaluations, system) := make.version({"evaluations": evaluations, "run": {"started": "2026-08-01T12:00:00.000Z"}}, parameters, system)

trained(started) := make.version({"evaluations": [result("2026-10-01")], "run": {"started": started}}, parameters, other)
