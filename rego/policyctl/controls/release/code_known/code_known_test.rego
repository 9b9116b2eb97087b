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

test_a_commit_on_a_branch_of_a_remote_passes if {
	every branches in [["origin/main"], ["origin/ada/try", "origin/main"]] {
		control.findings == set() with input as looked_up({"branches": branches})
		control.undetermined == set() with input as looked_up({"branches": branches})
	}
	control.findings == set() with input as looked_up({"complete": false})
	control.undetermined == set() with input as looked_up({"complete": false})
}

test_a_commit_that_the_repository_lacks_fails if {
	control.findings == {{
		"code": "not_found",
		"resource": "mlflow:wine/1",
		"message": sprintf("the repository that the release record lies in does not hold the revision %s of the code", [commit]),
		"path": ["repository", "found"],
	}} with input as looked_up({"found": false})
	control.undetermined == set() with input as looked_up({"found": false})
}

test_a_commit_on_no_branch_that_counts_fails if {
	control.findings == {{
		"code": "on_no_branch",
		"resource": "mlflow:wine/1",
		"message": sprintf("no branch that counts (origin/main, origin/release/*) holds the revision %s of the code, only: origin/ada/try, origin/release/1/x", [commit]),
		"path": ["repository", "branches"],
	}} with input as looked_up({"branches": ["origin/ada/try", "origin/release/1/x"]})
	every broken in [[], null, {}, "origin/main", [7], [null], {"0": "origin/main"}] {
		{finding.message | some finding in control.findings} == {sprintf("no branch that counts (origin/main, origin/release/*) holds the revision %s of the code, only: none", [commit])} with input as looked_up({"branches": broken})
		control.undetermined == set() with input as looked_up({"branches": broken})
	}
	control.findings == set() with input as looked_up({"branches": ["origin/release/1"]})
}

test_a_clone_that_lacks_something_cannot_say_what_there_is_not if {
	expected := {{
		"resource": "mlflow:wine/1",
		"path": ["repository", "complete"],
		"reason": sprintf("the clone that the release record lies in lacks history or branches, and shows no branch that holds the revision %s", [commit]),
	}}
	every broken in [false, null, "true", 1] {
		control.undetermined == expected with input as looked_up({"found": false, "complete": broken})
		control.findings == set() with input as looked_up({"found": false, "complete": broken})
		control.undetermined == expected with input as looked_up({"branches": [], "complete": broken})
		control.findings == set() with input as looked_up({"branches": [], "complete": broken})
	}
}

test_a_repository_that_was_not_asked_about_this_revision_cannot_tell if {
	expected := {{
		"resource": "mlflow:wine/1",
		"path": ["repository", "revision"],
		"reason": sprintf("whether the repository holds the revision %s of the code was not looked up", [commit]),
	}}
	every broken in [{"revision": make.digest}, {"revision": null}, {"found": null}, {"found": "true"}, {"revision": [commit]}] {
		control.undetermined == expected with input as looked_up(broken)
		control.findings == set() with input as looked_up(broken)
	}
	every broken in [null, "none", 7, [], {}, false] {
		control.undetermined == expected with input as make.version({"code": clean, "repository": broken}, parameters, {})
	}
	codes == {"no_revision"} with input as make.version({"repository": {}}, parameters, {})
	control.undetermined == set() with input as make.version({"repository": {}}, parameters, {})
}

looked_up(changes) := make.version(
	{
		"code": clean,
		"repository": object.union({"revision": commit, "found": true, "branches": ["origin/main"], "complete": true, "remotes": []}, changes),
	},
	parameters,
	{},
)

parameters := {"release": {"code_known": {"branches": ["origin/main", "origin/release/*"]}}}

commit := "5d1e6a0c9b3f4e27a8c0d5b6f1e2a3948c7d0e1f"

clean := {"revision": commit, "repository": "https://git.example.org/wine.git", "dirty": false}

codes := {finding.code | some finding in control.findings}

of(code) := make.version({"code": code}, {}, {})
