package policyctl.controls.data.unchanged_since_evaluation_test

import data.policyctl.controls.data.unchanged_since_evaluation as control
import data.policyctl.testing.model as make

test_files_with_the_recorded_digests_pass if {
	control.resources == {"mlflow:wine/1"} with input as recorded_as(sha256)
	every digest in [sha256, substring(sha256, 0, 32), md5, concat("", ["md5:", md5])] {
		control.findings == set() with input as recorded_as(digest)
		control.undetermined == set() with input as recorded_as(digest)
	}
}

test_a_dataset_that_changed_after_the_training_fails if {
	control.findings == {{
		"code": "changed_since_training",
		"resource": "mlflow:wine/1",
		"message": sprintf("broken is wine -> training: wine was recorded with the digest %s, and data/wine.csv now has the SHA-256 %s", [other, sha256]),
		"path": ["data_files", 0, "sha256"],
	}} with input as recorded_as(other)
	codes == {"changed_since_training"} with input as recorded_as(make.other_digest)
	control.undetermined == set() with input as recorded_as(other)
}

test_a_dataset_that_changed_after_the_evaluation_fails if {
	control.findings == {{
		"code": "changed_since_evaluation",
		"resource": "mlflow:wine/1",
		"message": sprintf("broken is wine-test -> evaluation: wine-test was recorded with the digest %s, and data/wine-test.csv now has the SHA-256 %s", [other, sha256]),
		"path": ["data_files", 1, "sha256"],
	}} with input as of(
		[trained("wine", md5)],
		[result("wine-test", other)],
		[file("wine", "data/wine.csv"), file("wine-test", "data/wine-test.csv")],
	)
	codes == {"changed_since_evaluation"} with input as of(
		[trained("wine", md5), {"name": "wine-test", "digest": other, "context": "testing"}],
		[],
		[file("wine", "data/wine.csv"), file("wine-test", "data/wine-test.csv")],
	)
}

test_both_edges_are_told if {
	codes == {"changed_since_training", "changed_since_evaluation"} with input as of([trained("wine", other)], [result("wine", other)], [file("wine", "data/wine.csv")])
	codes == {"changed_since_evaluation"} with input as of([trained("wine", md5)], [result("wine", other)], [file("wine", "data/wine.csv")])
}

test_a_folder_is_held_against_the_digest_that_dvc_gives_it if {
	folder := {"name": "wine", "path": "data/wine", "md5": concat("", [md5, ".dir"])}
	every same in [concat("", ["md5:", md5, ".dir"]), concat("", ["md5-dos2unix:", md5, ".dir"])] {
		control.findings == set() with input as of([trained("wine", same)], [], [folder])
		control.undetermined == set() with input as of([trained("wine", same)], [], [folder])
	}
	control.findings == {{
		"code": "changed_since_training",
		"resource": "mlflow:wine/1",
		"message": sprintf("broken is wine -> training: wine was recorded with the digest md5:%s.dir, and data/wine now has the MD5 %s.dir", [other, md5]),
		"path": ["data_files", 0, "md5"],
	}} with input as of([trained("wine", sprintf("md5:%s.dir", [other]))], [], [folder])
	{entry.path | some entry in control.undetermined} == {["data_files", 0, "md5"]} with input as of([trained("wine", sprintf("md5-dos2unix:%s.dir", [other]))], [], [folder])
	every broken in [md5, "", 7, null, [concat("", [md5, ".dir"])]] {
		codes == {"not_there"} with input as of([trained("wine", md5)], [], [object.union(folder, {"md5": broken})])
	}
}

test_a_file_that_is_not_there_fails if {
	expected := {{
		"code": "not_there",
		"resource": "mlflow:wine/1",
		"message": "wine cannot be read at data/wine.csv",
		"path": ["data_files", 0, "path"],
	}}
	every broken in [{}, {"sha256": null}, {"sha256": ""}, {"sha256": 7}] {
		control.findings == expected with input as of([trained("wine", md5)], [], [object.union({"name": "wine", "path": "data/wine.csv"}, broken)])
		control.undetermined == set() with input as of([trained("wine", md5)], [], [object.union({"name": "wine", "path": "data/wine.csv"}, broken)])
	}
	{finding.message | some finding in control.findings} == {"a dataset without a name cannot be read at nothing"} with input as of([trained("wine", md5)], [], [null])
}

test_a_digest_of_a_sample_cannot_be_held_against_a_file if {
	every weak in ["0f3c0f3c", substring(md5, 0, 31), substring(sha256, 0, 31), concat("", [other, "00"]), "v1 of the rows"] {
		control.undetermined == {untold(
			sprintf("wine (training) was recorded with the digest %s, which cannot be held against a file", [weak]),
			["data_files", 0, "sha256"],
		)} with input as recorded_as(weak)
		control.findings == set() with input as recorded_as(weak)
	}
	every broken in [null, "", 7] {
		control.undetermined == {untold("wine (training) was recorded with the digest nothing, which cannot be held against a file", ["data_files", 0, "sha256"])} with input as recorded_as(broken)
	}
}

test_only_the_digest_of_the_same_dataset_is_held_against_a_file if {
	{entry.path | some entry in control.undetermined} == {["data_files", 1, "sha256"]} with input as of(
		[trained("wine", md5), trained("batches", "0f3c0f3c")],
		[],
		[file("wine", "data/wine.csv"), file("batches", "data/batches.csv")],
	)
}

test_a_short_text_of_the_length_of_a_digest_is_none if {
	codes == set() with input as of([trained("wine", "0f3c0f3d")], [], [object.union(file("wine", "data/wine.csv"), {"md5": "0f3c0f3c"})])
	count(control.undetermined) == 1 with input as of([trained("wine", "0f3c0f3d")], [], [object.union(file("wine", "data/wine.csv"), {"md5": "0f3c0f3c"})])
}

test_a_file_that_nobody_recorded_cannot_be_told if {
	control.undetermined == {untold("neither the run nor a result has recorded a dataset named labels", ["data_files", 1, "name"])} with input as of(
		[trained("wine", md5)],
		[],
		[file("wine", "data/wine.csv"), file("labels", "data/labels.csv")],
	)
}

test_a_dataset_without_a_file_cannot_be_told if {
	control.undetermined == {untold("it is not recorded where wine-test lies now", ["data_files"])} with input as of(
		[trained("wine", md5)],
		[result("wine-test", md5)],
		[file("wine", "data/wine.csv")],
	)
	every broken in [null, [], {}, "data/wine.csv"] {
		control.undetermined == {untold("it is not recorded where wine lies now", ["data_files"])} with input as of([trained("wine", md5)], [], broken)
	}
	control.undetermined == {untold("it is not recorded where wine lies now", ["data_files"])} with input as make.version({"datasets": [trained("wine", md5)]}, {}, {})
	control.undetermined == {untold("it is not recorded where a dataset without a name lies now", ["data_files"])} with input as of([], [{"metric": "f1"}], [])
}

test_nothing_recorded_cannot_be_told if {
	control.undetermined == {untold("no dataset is recorded, neither by the run nor with a result", ["datasets"])} with input as make.version({}, {}, {})
}

untold(reason, path) := {"resource": "mlflow:wine/1", "reason": reason, "path": path}

codes := {finding.code | some finding in control.findings}

sha256 := make.digest

md5 := "d41d8cd98f00b204e9800998ecf8427e"

other := "e41d8cd98f00b204e9800998ecf8427e"

trained(name, digest) := {"name": name, "digest": digest, "context": "training"}

result(name, digest) := {"metric": "f1", "dataset": name, "dataset_digest": digest}

file(name, path) := {"name": name, "path": path, "md5": md5, "sha256": sha256}

recorded_as(digest) := of([trained("wine", digest)], [], [file("wine", "data/wine.csv")])

of(datasets, evaluations, files) := make.version(
	{"datasets": datasets, "evaluations": evaluations, "data_files": files},
	{}, {},
)
