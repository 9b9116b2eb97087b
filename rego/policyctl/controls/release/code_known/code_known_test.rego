package policyctl.controls.release.code_known_test

import data.policyctl.controls.release.code_known as control
import data.policyctl.testing.model as make

test_a_clean_commit_of_a_named_repository_passes if {
	control.resources == {"mlflow:wine/1"} with input as of(clean)
	control.findings == set() with input as of(clean)
	control.undetermined == set() with input as of(clean)
}

test_a_sha256_commit_passes if {
	control.findings == set() with input as of(object.union(clean, {"revision": make.digest}))
}

test_code_that_nobody_noted_fails if {
	expected := {{
		"code": "no_revision",
		"resource": "mlflow:wine/1",
		"message": "the code that trained the version is not known",
		"path": ["code", "revision"],
	}}
	control.findings == expected with input as make.version({}, {}, {})
	every broken in [null, "main", [], {}, {"dirty": true}, {"revision": ""}, {"revision": 7}, {"revision": null}] {
		control.findings == expected with input as of(broken)
		control.undetermined == set() with input as of(broken)
	}
}

test_what_may_move_is_no_commit if {
	every revision in ["main", substring(commit, 0, 39), concat("", [commit, "0"]), substring(make.digest, 0, 63), upper(commit)] {
		codes == {"no_commit_id"} with input as of(object.union(clean, {"revision": revision}))
	}
	codes == {"no_revision"} with input as of(object.union(clean, {"revision": " "}))
	control.findings == {{
		"code": "no_commit_id",
		"resource": "mlflow:wine/1",
		"message": "the revision main of the code is no full id of a commit",
		"path": ["code", "revision"],
	}} with input as of(object.union(clean, {"revision": "main"}))
}

test_a_commit_without_its_repository_fails if {
	expected := {{
		"code": "no_repository",
		"resource": "mlflow:wine/1",
		"message": sprintf("the repository is not known that holds the revision %s of the code", [commit]),
		"path": ["code", "repository"],
	}}
	control.findings == expected with input as of(object.remove(clean, {"repository"}))
	every broken in [null, "", 7, ["git"]] {
		control.findings == expected with input as of(object.union(clean, {"repository": broken}))
	}
}

test_changes_that_are_in_no_commit_fail if {
	control.findings == {{
		"code": "dirty",
		"resource": "mlflow:wine/1",
		"message": sprintf("the version was trained with changes that the revision %s of the code does not hold", [commit]),
		"path": ["code", "dirty"],
	}} with input as of(object.union(clean, {"dirty": true}))
	control.undetermined == set() with input as of(object.union(clean, {"dirty": true}))
}

test_a_working_tree_that_nobody_looked_at_cannot_be_told if {
	expected := {{
		"resource": "mlflow:wine/1",
		"path": ["code", "dirty"],
		"reason": sprintf("it is not recorded whether the code was just that of the revision %s", [commit]),
	}}
	control.undetermined == expected with input as of(object.remove(clean, {"dirty"}))
	every broken in [null, "false", 0, [false]] {
		control.undetermined == expected with input as of(object.union(clean, {"dirty": broken}))
		control.findings == set() with input as of(object.union(clean, {"dirty": broken}))
	}
}

commit := "5d1e6a0c9b3f4e27a8c0d5b6f1e2a3948c7d0e1f"

clean := {"revision": commit, "repository": "https://git.example.org/wine.git", "dirty": false}

codes := {finding.code | some finding in control.findings}

of(code) := make.version({"code": code}, {}, {})
