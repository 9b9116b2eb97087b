package policyctl.controls.release.rollback_named_test

import data.policyctl.controls.release.rollback_named as control
import data.policyctl.testing.model as make

test_another_exact_version_passes if {
	every rollback in [
		"mlflow:wine/2", "mlflow:wine/10", "rules/2026-03", "wine/v1.2", "mlflow:wine/11",
		concat("", ["oci:registry.example.org/wine@sha256:", make.digest]),
		concat("", ["hf:org/wine@", substring(make.digest, 0, 40)]),
	] {
		control.resources == {"mlflow:wine/1"} with input as of({"rollback": rollback})
		control.findings == set() with input as of({"rollback": rollback})
	}
}

test_a_version_without_a_way_back_fails if {
	expected := {{
		"code": "no_rollback",
		"resource": "mlflow:wine/1",
		"message": "no release record names a version to return to",
		"path": ["release", "rollback"],
	}}
	control.findings == expected with input as make.version({}, {}, {})
	every broken in [null, {}, {"rollback": null}, {"rollback": ""}, {"rollback": " "}, {"rollback": 7}, {"rollback": ["mlflow:wine/2"]}] {
		control.findings == expected with input as of(broken)
	}
}

test_what_may_move_is_no_version if {
	every rollback in [
		"mlflow:wine@champion", "mlflow:wine", "wine/latest", "the last one", "/2", "wine/ 2", "2",
		concat("", ["oci:wine@sha256:", substring(make.digest, 0, 63)]),
		concat("", ["hf:wine@", substring(make.digest, 0, 39)]),
	] {
		control.findings == {{
			"code": "no_exact_version",
			"resource": "mlflow:wine/1",
			"message": sprintf("%s, to which one would return, is no exact version", [rollback]),
			"path": ["release", "rollback"],
		}} with input as of({"rollback": rollback})
	}
}

test_the_version_itself_is_no_way_back if {
	every rollback in ["mlflow:wine/1", "mlflow:/wine/1", "wine/1", " mlflow:wine/1"] {
		control.findings == {{
			"code": "same_version",
			"resource": "mlflow:wine/1",
			"message": sprintf("%s, to which one would return, is this version itself", [rollback]),
			"path": ["release", "rollback"],
		}} with input as of({"rollback": rollback})
	}
	codes == {"same_version"} with input as of({"model": "mlflow:wine/7", "rollback": "mlflow:wine/7"})
	codes == set() with input as of({"model": 7, "rollback": "mlflow:wine/7"})
}

codes := {finding.code | some finding in control.findings}

of(record) := make.version({"release": record}, {}, {})
