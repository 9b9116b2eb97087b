package policyctl.controls.release.artefact_known_test

import data.policyctl.controls.release.artefact_known as control
import data.policyctl.testing.model as make

test_files_with_digests_pass if {
	control.resources == {"mlflow:wine/1"} with input as of(make.artefact)
	control.findings == set() with input as of(make.artefact)
}

test_a_version_without_files_fails if {
	control.findings == {{
		"code": "no_files",
		"resource": "mlflow:wine/1",
		"message": "the version has no files",
		"path": ["artefact", "files"],
	}} with input as make.version({}, {}, {})
}

test_files_that_cannot_be_read_are_none if {
	every broken in [null, "", {}, {"files": []}, {"files": {}}, {"files": "model.skops"}] {
		codes == {"no_files"} with input as of(broken)
	}
}

test_a_file_without_a_digest_fails if {
	every broken in [null, "", "0f3c", upper(make.digest), {}] {
		codes == {"not_hashed"} with input as of({"files": [file, {"path": "b", "sha256": broken}], "sha256": make.digest})
	}
	codes == {"not_hashed"} with input as of({"files": [file, {"path": "b"}], "sha256": make.digest})
	codes == {"not_hashed"} with input as of({"files": [file, null], "sha256": make.digest})
}

test_files_without_a_digest_of_all_fail if {
	control.findings == {{
		"code": "not_hashed",
		"resource": "mlflow:wine/1",
		"message": "the digest of the version's files is not known",
		"path": ["artefact", "sha256"],
	}} with input as of({"files": [file]})
	codes == {"not_hashed"} with input as of({"files": [file], "sha256": "0f3c"})
}

file := make.artefact.files[0]

codes := {finding.code | some finding in control.findings}

of(artefact) := make.version({"artefact": artefact}, {}, {})
