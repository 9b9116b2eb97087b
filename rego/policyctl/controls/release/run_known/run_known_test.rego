package policyctl.controls.release.run_known_test

import data.policyctl.controls.release.run_known as control
import data.policyctl.testing.model as make

test_a_finished_run_that_is_kept_passes if {
	control.resources == {"mlflow:wine/1"} with input as of(finished)
	control.findings == set() with input as of(finished)
	control.undetermined == set() with input as of(finished)
}

test_a_version_without_a_run_fails if {
	expected := {{
		"code": "no_run",
		"resource": "mlflow:wine/1",
		"message": "no run is known that trained the version",
		"path": ["run", "id"],
	}}
	control.findings == expected with input as make.version({}, {}, {})
	every broken in [null, "r1", [], {}, {"status": "failed", "deleted": true}, {"id": ""}, {"id": 7}, {"id": null}] {
		control.findings == expected with input as of(broken)
		control.undetermined == set() with input as of(broken)
	}
}

test_a_run_that_has_not_finished_fails if {
	every status in ["running", "scheduled", "failed", "killed"] {
		control.findings == {{
			"code": "not_finished",
			"resource": "mlflow:wine/1",
			"message": sprintf("the run r1 that trained the version has not finished: it is %s", [status]),
			"path": ["run", "status"],
		}} with input as of(object.union(finished, {"status": status}))
		control.undetermined == set() with input as of(object.union(finished, {"status": status}))
	}
}

test_a_deleted_run_fails if {
	control.findings == {{
		"code": "deleted",
		"resource": "mlflow:wine/1",
		"message": "the run r1 that trained the version is deleted, and goes when the bin is emptied",
		"path": ["run", "deleted"],
	}} with input as of(object.union(finished, {"deleted": true}))
}

test_a_run_of_unknown_status_cannot_be_told if {
	expected := {{
		"resource": "mlflow:wine/1",
		"path": ["run", "status"],
		"reason": "it is not known how the run r1 ended",
	}}
	control.undetermined == expected with input as of({"id": "r1", "deleted": false})
	every broken in [null, "", "FINISHED", 7, ["finished"]] {
		control.undetermined == expected with input as of(object.union(finished, {"status": broken}))
		control.findings == set() with input as of(object.union(finished, {"status": broken}))
	}
}

test_a_run_that_may_be_deleted_cannot_be_told if {
	expected := {{
		"resource": "mlflow:wine/1",
		"path": ["run", "deleted"],
		"reason": "it is not known whether the run r1 is deleted",
	}}
	control.undetermined == expected with input as of({"id": "r1", "status": "finished"})
	every broken in [null, "", "false", 0] {
		control.undetermined == expected with input as of(object.union(finished, {"deleted": broken}))
		control.findings == set() with input as of(object.union(finished, {"deleted": broken}))
	}
}

finished := {"id": "r1", "status": "finished", "deleted": false}

of(run) := make.version({"run": run}, {}, {})
