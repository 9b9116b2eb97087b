package policyctl.controls.data.evaluation_data_separate_test

import data.policyctl.controls.data.evaluation_data_separate as control
import data.policyctl.testing.model as make

test_results_on_other_data_pass if {
	control.resources == {"mlflow:wine/1"} with input as of([trained("aaaa0001")], [result("f1", "bbbb0002")])
	control.findings == set() with input as of([trained("aaaa0001")], [result("f1", "bbbb0002")])
	control.undetermined == set() with input as of([trained("aaaa0001")], [result("f1", "bbbb0002")])
}

test_results_on_training_data_fail if {
	control.findings == {{
		"code": "seen_in_training",
		"resource": "mlflow:wine/1",
		"message": "accuracy, f1 were measured on the data aaaa0001, on which the model was trained",
		"path": ["evaluations", 1, "dataset_digest"],
	}} with input as of([trained("cccc0003"), trained("aaaa0001")], [result("auc", "bbbb0002"), result("f1", "aaaa0001"), result("accuracy", "aaaa0001")])
	messages == {"f1 was measured on the data aaaa0001, on which the model was trained"} with input as of([trained("aaaa0001")], [result("f1", "aaaa0001")])
}

test_data_of_another_use_are_no_training_data if {
	messages == set() with input as of([trained("aaaa0001"), {"name": "b", "digest": "bbbb0002", "context": "eval"}], [result("f1", "bbbb0002")])
}

test_a_result_that_is_called_one_of_training_is_no_harm if {
	every name in ["training_accuracy", "train_loss", "train-f1", "training.auc", "train/f1"] {
		messages == set() with input as of([trained("aaaa0001")], [result(name, "aaaa0001"), result("f1", "bbbb0002")])
		control.undetermined == set() with input as of([trained("aaaa0001")], [result(name, "aaaa0001"), result("f1", "bbbb0002")])
	}
	every name in ["trained_accuracy", "trainability", "f1_train", "training"] {
		count(messages) == 1 with input as of([trained("aaaa0001")], [result(name, "aaaa0001")])
	}
}

test_results_on_training_data_alone_tell_nothing if {
	expected := {untold("no result is recorded but on training data", ["evaluations"])}
	control.undetermined == expected with input as of([trained("aaaa0001")], [result("training_f1", "aaaa0001")])
	every broken in [null, [], {}, "f1"] {
		control.undetermined == expected with input as of([trained("aaaa0001")], broken)
	}
}

test_a_result_without_its_data_cannot_be_told if {
	every broken in [null, "", 7] {
		control.undetermined == {untold("no digest is recorded of the data on which accuracy, f1 were measured", ["evaluations"])} with input as of(
			[trained("aaaa0001")],
			[result("f1", broken), result("accuracy", broken), result("auc", "bbbb0002")],
		)
	}
	control.undetermined == {untold("no digest is recorded of the data on which a result without a name was measured", ["evaluations"])} with input as of(
		[trained("aaaa0001")],
		[null],
	)
}

test_training_data_that_are_not_recorded_cannot_be_told if {
	every broken in [null, [], {}, [{"name": "b", "digest": "bbbb0002"}]] {
		control.undetermined == {untold("it is not recorded on which data the model was trained", ["datasets"])} with input as of(broken, [result("f1", "bbbb0002")])
	}
	every broken in [null, "", 7] {
		control.undetermined == {untold("no digest is recorded of the data on which the model was trained", ["datasets", 1, "digest"])} with input as of(
			[trained("aaaa0001"), trained(broken)],
			[result("f1", "bbbb0002")],
		)
	}
}

test_digests_of_two_kinds_cannot_be_compared if {
	control.undetermined == {untold(
		"the digest aaaa0001, on which f1 was measured, cannot be compared with that of the training data, d41d8cd98f00b204e9800998ecf8427e",
		["evaluations", 0, "dataset_digest"],
	)} with input as of([trained("d41d8cd98f00b204e9800998ecf8427e")], [result("f1", "aaaa0001")])
	messages == set() with input as of([trained("d41d8cd98f00b204e9800998ecf8427e")], [result("f1", "aaaa0001")])
}

messages := {finding.message | some finding in control.findings}

untold(reason, path) := {"resource": "mlflow:wine/1", "reason": reason, "path": path}

trained(digest) := {"name": "wine-train", "digest": digest, "context": "training"}

result(metric, digest) := {"metric": metric, "dataset": "wine", "dataset_digest": digest}

of(datasets, evaluations) := make.version({"datasets": datasets, "evaluations": evaluations}, {}, {})
