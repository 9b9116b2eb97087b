package policyctl.controls.release.registry_ready_test

import data.policyctl.controls.release.registry_ready as control
import data.policyctl.testing.model as make

test_a_version_that_is_ready_passes if {
	control.resources == {"mlflow:wine/1"} with input as of({"status": "ready"})
	control.findings == set() with input as of({"status": "ready"})
	control.undetermined == set() with input as of({"status": "ready"})
}

test_a_version_that_is_not_complete_fails if {
	every status in ["pending", "failed"] {
		control.findings == {{
			"code": "not_ready",
			"resource": "mlflow:wine/1",
			"message": sprintf("the registry does not hold the version in full: its registration is %s", [status]),
			"path": ["status"],
		}} with input as of({"status": status})
		control.undetermined == set() with input as of({"status": status})
	}
}

test_a_version_of_unknown_status_cannot_be_told if {
	expected := {{
		"resource": "mlflow:wine/1",
		"path": ["status"],
		"reason": "it is not known whether the registry holds the version in full",
	}}
	control.undetermined == expected with input as of({})
	every broken in [null, "", "READY", 7, ["ready"]] {
		control.undetermined == expected with input as of({"status": broken})
		control.findings == set() with input as of({"status": broken})
	}
}

test_a_model_in_a_folder_is_in_no_registry if {
	control.resources == set() with input as of({"id": "wine/1"})
	control.undetermined == set() with input as of({"id": "wine/1"})
	control.resources == {"wine/1"} with input as of({"id": "wine/1", "version": "1"})
}

of(facts) := make.version(facts, {}, {})
