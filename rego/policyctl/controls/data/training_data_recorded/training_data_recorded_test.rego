package policyctl.controls.data.training_data_recorded_test

import data.policyctl.controls.data.training_data_recorded as control
import data.policyctl.testing.model as make

test_training_data_with_name_digest_and_source_pass if {
	control.resources == {"mlflow:wine/1"} with input as of([wine])
	control.findings == set() with input as of([wine])
	control.findings == set() with input as of([{"name": "other", "context": "eval"}, wine])
}

test_a_run_without_datasets_fails if {
	expected := {found("no_training_data", "no run has recorded a dataset", ["datasets"])}
	control.findings == expected with input as make.version({}, {}, {})
	every broken in [null, [], {}, "wine"] {
		control.findings == expected with input as of(broken)
	}
}

test_data_that_are_not_said_to_be_for_training_fail if {
	control.findings == {found(
		"no_training_data",
		"of the datasets that the run recorded (2), none is said to be for training",
		["datasets"],
	)} with input as of([object.union(wine, {"context": "eval"}), object.remove(wine, {"context"})])
}

test_training_data_without_a_name_fail if {
	every broken in [null, "", 7] {
		control.findings == {found("no_name", "the run does not name a dataset on which it trained", ["datasets", 0, "name"])} with input as of([object.union(wine, {"name": broken})])
	}
}

test_training_data_without_a_digest_fail if {
	expected := {found("no_digest", "the run did not record the digest of the data on which it trained, wine-train", ["datasets", 1, "digest"])}
	control.findings == expected with input as of([wine, object.remove(wine, {"digest"})])
	every broken in [null, "", 7] {
		control.findings == expected with input as of([wine, object.union(wine, {"digest": broken})])
	}
}

test_training_data_without_a_source_fail if {
	expected := {found("no_source", "the run did not record the source of the data on which it trained, wine-train", ["datasets", 0, "source"])}
	control.findings == expected with input as of([object.remove(wine, {"source"})])
	every broken in [null, "", 7] {
		control.findings == expected with input as of([object.union(wine, {"source": broken})])
	}
}

found(code, message, path) := {"code": code, "resource": "mlflow:wine/1", "message": message, "path": path}

wine := {"name": "wine-train", "digest": "0f3c0f3c", "source": "data/wine-train.csv", "context": "training"}

of(datasets) := make.version({"datasets": datasets}, {}, {})
