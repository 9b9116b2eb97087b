package policyctl.controls.release.record_bound_test

import data.policyctl.controls.release.record_bound as control
import data.policyctl.testing.model as make

test_a_record_with_the_digest_of_the_files_passes if {
	control.resources == {"mlflow:wine/1"} with input as of({"artefact": make.digest})
	control.findings == set() with input as of({"artefact": make.digest})
	control.undetermined == set() with input as of({"artefact": make.digest})
}

test_a_version_without_a_record_fails if {
	expected := {{
		"code": "no_record",
		"resource": "mlflow:wine/1",
		"message": "the version has no release record",
		"path": ["release"],
	}}
	control.findings == expected with input as make.version({"artefact": make.artefact}, {}, {})
	control.undetermined == set() with input as make.version({}, {}, {})
	every broken in [null, "wine-1", [], 7] {
		control.findings == expected with input as of(broken)
	}
}

test_a_record_without_a_digest_fails if {
	every broken in [{}, {"artefact": null}, {"artefact": ""}, {"artefact": "0f3c"}, {"artefact": upper(make.digest)}, {"artefact": 7}] {
		control.findings == {{
			"code": "not_bound",
			"resource": "mlflow:wine/1",
			"message": "the release record does not say by a digest which files it is about",
			"path": ["release", "artefact"],
		}} with input as of(broken)
		control.undetermined == set() with input as of(broken)
	}
}

test_a_record_about_other_files_fails if {
	control.findings == {{
		"code": "other_files",
		"resource": "mlflow:wine/1",
		"message": sprintf("the release record is about the files %s, and those of the version are %s", [make.other_digest, make.digest]),
		"path": ["release", "artefact"],
	}} with input as of({"artefact": make.other_digest})
}

test_files_that_are_not_known_cannot_be_told if {
	control.undetermined == {{
		"resource": "mlflow:wine/1",
		"path": ["artefact", "sha256"],
		"reason": "it is not known which files the version has",
	}} with input as make.version({"release": {"artefact": make.digest}}, {}, {})
	control.findings == set() with input as make.version({"release": {"artefact": make.digest}}, {}, {})
}

of(record) := make.version({"artefact": make.artefact, "release": record}, {}, {})
