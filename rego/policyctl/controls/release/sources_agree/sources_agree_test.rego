package policyctl.controls.release.sources_agree_test

import data.policyctl.controls.release.sources_agree as control
import data.policyctl.testing.model as make

test_sources_without_a_conflict_pass if {
	control.resources == {"mlflow:wine/1"} with input as of([])
	control.findings == set() with input as of([])
	control.undetermined == set() with input as of([])
}

test_two_values_of_a_fact_fail if {
	control.findings == {{
		"code": "conflict",
		"resource": "mlflow:wine/1",
		"message": "the sources disagree about run.id: run.json says r2; version.json says r1",
		"path": ["run", "id"],
	}} with input as of([conflict("run.id", {"version.json": "r1", "run.json": "r2"})])
	control.undetermined == set() with input as of([conflict("run.id", {"version.json": "r1", "run.json": "r2"})])
}

test_three_sources_of_a_fact_are_told_together if {
	messages == {"the sources disagree about run.id: a says 1; b says 2; c says 3"} with input as of([
		conflict("run.id", {"a": "1", "b": "2"}),
		conflict("run.id", {"a": "1", "c": "3"}),
	])
}

test_each_fact_is_told if {
	{[finding.message, finding.path] | some finding in control.findings} == {
		["the sources disagree about run.id: a says 1; b says 2", ["run", "id"]],
		["the sources disagree about status: a says ready; b says failed", ["status"]],
	} with input as of([
		conflict("run.id", {"a": "1", "b": "2"}),
		conflict("status", {"a": "ready", "b": "failed"}),
	])
}

test_a_conflict_about_an_unknown_fact_fails if {
	every broken in [null, "run.id", {}, {"fact": ""}, {"fact": 7}, {"stated": [{"source": "a", "value": "1"}]}] {
		control.findings == {{
			"code": "conflict",
			"resource": "mlflow:wine/1",
			"message": "the sources disagree about the version",
			"path": ["conflicts", 0],
		}} with input as of([broken])
	}
}

test_statements_that_cannot_be_read_leave_the_conflict if {
	messages == {"the sources disagree about run.id: something says something"} with input as of([{"fact": "run.id", "stated": [{"source": "", "value": 7}]}])
	messages == {"the sources disagree about run.id: "} with input as of([{"fact": "run.id", "stated": null}])
}

test_conflicts_that_cannot_be_read_cannot_be_told if {
	every broken in [null, "run.id", {}, 7] {
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"path": ["conflicts"],
			"reason": "it is not known whether the sources agree",
		}} with input as of(broken)
	}
	count(control.undetermined) == 1 with input as {"facts": {"id": "mlflow:wine/1"}}
}

conflict(fact, values) := {"fact": fact, "stated": [{"source": source, "value": value} | some source, value in values]}

messages := {finding.message | some finding in control.findings}

of(conflicts) := make.version({"conflicts": conflicts}, {}, {})
