package policyctl.controls.data.licence_stated_test

import data.policyctl.controls.data.licence_stated as control
import data.policyctl.testing.model as make

test_data_under_a_stated_licence_pass if {
	every licence in ["CC-BY-4.0", "Own records of the bottling line", "CC-BY-NC-4.0 OR MIT", "MIT OR CC-BY-NC-4.0", "(MIT OR ISC) AND CC-BY-4.0"] {
		control.resources == {"mlflow:wine/1"} with input as of([wine(licence)])
		control.findings == set() with input as of([wine(licence)])
		control.undetermined == set() with input as of([wine(licence)])
	}
}

test_data_that_the_record_does_not_name_fail if {
	expected := {found("no_licence", "no release record states the licence of wine", ["release", "datasets"])}
	every broken in [null, [], {}, "wine", [object.union(wine("MIT"), {"name": "other"})]] {
		control.findings == expected with input as of(broken)
	}
	control.findings == expected with input as make.version({"datasets": [{"name": "wine"}]}, parameters, {})
}

test_data_of_results_are_used_too if {
	control.findings == {found("no_licence", "no release record states the licence of held-out", ["release", "datasets"])} with input as make.version(
		{"datasets": [{"name": "wine"}], "evaluations": [{"metric": "f1", "dataset": "held-out"}], "release": {"datasets": [wine("MIT")]}},
		parameters,
		{},
	)
}

test_results_that_do_not_name_their_data_cannot_be_told if {
	every broken in [null, {"metric": "f1"}, {"dataset": ""}, {"dataset": 7}] {
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"path": ["evaluations"],
			"reason": "results are recorded that do not name their dataset",
		}} with input as measured([{"dataset": "wine"}, broken])
		control.findings == set() with input as measured([{"dataset": "wine"}, broken])
	}
	control.undetermined == set() with input as measured([{"dataset": "wine"}])
}

test_a_licence_that_says_nothing_is_none if {
	every broken in [{}, {"licence": null}, {"licence": ""}, {"licence": "unknown"}, {"licence": "NOASSERTION"}, {"licence": "NONE "}, {"licence": 7}] {
		control.findings == {found("no_licence", "the release record states no licence of wine", ["release", "datasets", 0, "licence"])} with input as of([object.union({"name": "wine"}, broken)])
		control.undetermined == set() with input as of([object.union({"name": "wine"}, broken)])
	}
	messages == {"the release record states no licence of a dataset without a name"} with input as of([wine("MIT"), null])
}

test_a_licence_that_is_refused_fails if {
	every licence in ["CC-BY-NC-4.0", "cc-by-nc-4.0", "MIT AND CC-BY-NC-4.0", "CC-BY-NC-4.0 OR CC-BY-NC-SA-4.0"] {
		control.findings == {found("refused", sprintf("the licence of wine is not accepted: %s", [licence]), ["release", "datasets", 1, "licence"])} with input as of([object.union(wine("MIT"), {"name": "other"}), wine(licence)])
		control.undetermined == set() with input as of([wine(licence)])
	}
}

test_a_nested_expression_with_a_refused_licence_cannot_be_told if {
	control.undetermined == {{
		"resource": "mlflow:wine/1",
		"path": ["release", "datasets", 0, "licence"],
		"reason": "the licence of wine has to be read by a person: (MIT OR ISC) AND CC-BY-NC-4.0",
	}} with input as of([wine("(MIT OR ISC) AND CC-BY-NC-4.0")])
	control.findings == set() with input as of([wine("(MIT OR ISC) AND CC-BY-NC-4.0")])
}

test_data_that_nobody_recorded_cannot_be_told if {
	every broken in [null, [], {}] {
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"path": ["datasets"],
			"reason": "no dataset is recorded, neither by the run nor with a result",
		}} with input as make.version({"datasets": broken, "release": {"datasets": [wine("MIT")]}}, parameters, {})
	}
}

messages := {finding.message | some finding in control.findings}

found(code, message, path) := {"code": code, "resource": "mlflow:wine/1", "message": message, "path": path}

parameters := {"data": {"licence_stated": {"refused": ["CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"]}}}

wine(licence) := {"name": "wine", "licence": licence}

of(stated) := make.version({"datasets": [{"name": "wine"}], "release": {"datasets": stated}}, parameters, {})

measured(results) := make.version(
	{"datasets": [{"name": "wine"}], "evaluations": results, "release": {"datasets": [wine("MIT")]}},
	parameters,
	{},
)
