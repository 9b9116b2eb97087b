package policyctl.controls.data.checks_passed_test

import data.policyctl.controls.data.checks_passed as control
import data.policyctl.testing.model as make

test_data_that_met_everything_pass if {
	control.resources == {"mlflow:wine/1"} with input as of([check])
	control.findings == set() with input as of([check])
	control.undetermined == set() with input as of([check])
}

test_data_that_did_not_fail if {
	control.findings == {{
		"code": "not_met",
		"resource": "mlflow:wine/1",
		"message": "wine of wine-train: expect_column_to_exist(ash), expect_table_row_count_to_equal not met",
		"path": ["data_checks", 1],
	}} with input as of([check, failed])
	control.findings == {{
		"code": "not_met",
		"resource": "mlflow:wine/1",
		"message": "a check of data without a name: not met",
		"path": ["data_checks", 0],
	}} with input as of([{"tool": "great_expectations", "passed": false, "failed": [], "tested": 2}])
}

test_what_cannot_be_read_was_not_met if {
	every broken in [null, "", "true", 0, 1, [true], {}] {
		codes == {"not_met"} with input as of([object.union(check, {"passed": broken})])
	}
	codes == {"not_met"} with input as of([object.remove(check, {"passed"})])
	codes == {"not_met"} with input as of([null])
	codes == {"not_met"} with input as of([object.union(failed, {"failed": [7, null]})])
	messages == {"wine of wine-train: expect_column_to_exist(ash) not met"} with input as of([one_failed])
}

test_a_check_without_expectations_fails if {
	control.findings == {{
		"code": "nothing_tested",
		"resource": "mlflow:wine/1",
		"message": "wine of wine-train: no expectation was tested",
		"path": ["data_checks", 0],
	}} with input as of([object.union(check, {"tested": 0})])
	codes == {"nothing_tested"} with input as of([object.union(check, {"tested": -1})])
	codes == set() with input as of([object.union(check, {"tested": 1})])
}

test_a_number_of_expectations_that_is_not_known_is_undetermined if {
	told := {
		"resource": "mlflow:wine/1",
		"reason": "wine of wine-train: how many expectations were tested cannot be told",
		"path": ["data_checks", 0],
	}
	control.undetermined == {told} with input as of([object.remove(check, {"tested"})])
	every broken in [null, "3", [3], {}] {
		control.undetermined == {told} with input as of([object.union(check, {"tested": broken})])
		control.findings == set() with input as of([object.union(check, {"tested": broken})])
	}
}

test_without_a_check_there_is_nothing_to_look_at if {
	every version in [make.version({"data_checks": []}, {}, {}), make.version({}, {}, {})] {
		control.resources == set() with input as version
		control.findings == set() with input as version
		control.undetermined == set() with input as version
	}
}

test_what_is_no_list_of_checks_is_undetermined if {
	every broken in [null, {}, "x", 7, true, false] {
		control.resources == {"mlflow:wine/1"} with input as of(broken)
		control.findings == set() with input as of(broken)
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "what the tests of data found cannot be told",
			"path": ["data_checks"],
		}} with input as of(broken)
	}
}

messages := {finding.message | some finding in control.findings}

codes := {finding.code | some finding in control.findings}

check := {
	"tool": "great_expectations",
	"suite": "wine",
	"dataset": "wine-train",
	"passed": true,
	"failed": [],
	"tested": 3,
}

failed := object.union(check, {"passed": false, "failed": ["expect_column_to_exist(ash)", "expect_table_row_count_to_equal"]})

one_failed := object.union(check, {"passed": false, "failed": ["expect_column_to_exist(ash)"]})

of(checks) := make.version({"data_checks": checks}, {}, {})
