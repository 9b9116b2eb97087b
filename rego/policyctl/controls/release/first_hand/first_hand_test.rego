package policyctl.controls.release.first_hand_test

import data.policyctl.controls.release.first_hand as control
import data.policyctl.testing.model as make

test_a_version_of_which_the_registry_told_passes if {
	control.resources == {"mlflow:wine/1"} with input as of({"registry": "mlflow"})
	control.findings == set() with input as of({"registry": "mlflow"})
	control.undetermined == set() with input as of({"registry": "mlflow"})
}

test_a_version_of_which_only_files_tell_fails if {
	expected := {{
		"code": "registry_not_asked",
		"resource": "mlflow:wine/1",
		"message": "no registry has told of the version, only files that anybody can write",
		"path": ["registry"],
	}}
	control.findings == expected with input as of({"status": "ready"})
	control.findings == expected with input as of({"artefact": make.artefact})
	control.undetermined == set() with input as of({})
	every broken in [null, 7, [], ["mlflow"]] {
		control.findings == expected with input as of({"registry": broken})
	}
}

test_another_name_does_not_hide_saved_answers if {
	{finding.resource | some finding in control.findings} == {"wine/1"} with input as of({"id": "wine/1", "version": "1", "artefact": make.artefact})
}

test_files_that_were_read_pass if {
	control.resources == {"wine/1"} with input as of({"id": "wine/1", "artefact": make.artefact})
	control.findings == set() with input as of({"id": "wine/1", "artefact": make.artefact})
	control.undetermined == set() with input as of({"id": "wine/1", "artefact": make.artefact})
}

test_a_model_that_is_nowhere_cannot_be_told if {
	control.undetermined == {{
		"resource": "wine/1",
		"path": ["artefact"],
		"reason": "it is not known where the version is kept",
	}} with input as of({"id": "wine/1"})
}

of(facts) := make.version(facts, {}, {})
