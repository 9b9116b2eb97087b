package policyctl.controls.data.digest_strong_test

import data.policyctl.controls.data.digest_strong as control
import data.policyctl.testing.model as make

test_digests_of_all_rows_pass if {
	control.resources == {"mlflow:wine/1"} with input as of([dataset(strong)], [result("wine-test", make.digest)])
	control.findings == set() with input as of([dataset(strong)], [result("wine-test", make.digest)])
	control.undetermined == set() with input as of([dataset(strong)], [])
	control.undetermined == set() with input as of([], [result("wine-test", make.digest)])
}

test_a_digest_of_less_than_128_bits_fails if {
	control.findings == {found(
		"weak_digest",
		sprintf("the digest %s of wine-train has less than 128 bits in hexadecimal digits", [substring(strong, 0, 31)]),
		["datasets", 1, "digest"],
	)} with input as of([dataset(strong), dataset(substring(strong, 0, 31))], [])
}

test_the_digest_of_a_result_counts_too if {
	control.findings == {found(
		"weak_digest",
		"the digest 0f3c0f3c of wine-test has less than 128 bits in hexadecimal digits",
		["evaluations", 1, "dataset_digest"],
	)} with input as of([dataset(strong)], [result("wine-train", strong), result("wine-test", "0f3c0f3c"), result("wine-test", "0f3c0f3c")])
}

test_a_dataset_of_the_run_is_told_there if {
	{finding.path | some finding in control.findings} == {["datasets", 0, "digest"]} with input as of([dataset("0f3c0f3c")], [result("wine-train", "0f3c0f3c")])
}

test_a_dataset_without_a_name_is_told if {
	{finding.message | some finding in control.findings} == {"the digest 0f3c0f3c of a dataset without a name has less than 128 bits in hexadecimal digits"} with input as of(
		[],
		[result(null, "0f3c0f3c")],
	)
}

test_a_dataset_without_a_digest_fails if {
	every broken in [null, "", 7] {
		control.findings == {found("no_digest", "wine-train is recorded without a digest", ["datasets", 0, "digest"])} with input as of([dataset(broken)], [])
		control.undetermined == set() with input as of([dataset(broken)], [])
	}
	codes == {"no_digest"} with input as of([null], [])
}

test_nothing_recorded_cannot_be_told if {
	expected := {{
		"resource": "mlflow:wine/1",
		"path": ["datasets"],
		"reason": "no dataset is recorded, neither by the run nor with a result",
	}}
	control.undetermined == expected with input as make.version({}, {}, {})
	every broken in [null, {}, "wine"] {
		control.undetermined == expected with input as of(broken, broken)
	}
}

test_a_result_without_the_digest_of_its_data_cannot_be_told if {
	every broken in [null, {"metric": "f1"}, {"metric": "f1", "dataset_digest": ""}, {"metric": "f1", "dataset_digest": 7}] {
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"path": ["evaluations"],
			"reason": "results are recorded without the digest of their data",
		}} with input as of([dataset(strong)], [result("wine-test", strong), broken])
		control.findings == set() with input as of([dataset(strong)], [result("wine-test", strong), broken])
	}
}

codes := {finding.code | some finding in control.findings}

found(code, message, path) := {"code": code, "resource": "mlflow:wine/1", "message": message, "path": path}

strong := "d41d8cd98f00b204e9800998ecf8427e"

dataset(digest) := {"name": "wine-train", "digest": digest, "context": "training"}

result(name, digest) := {"metric": "f1", "dataset": name, "dataset_digest": digest}

of(datasets, evaluations) := make.version({"datasets": datasets, "evaluations": evaluations}, {}, {})
