package policyctl.controls.bom.model_hash_test

import data.policyctl.controls.bom.model_hash as control
import data.policyctl.testing.bom as make

digest_of_a_model := "434d75c84cf86456c16193dbc53beef31eb63f3387425882ddb2ef6acb9d472c"

test_a_model_with_a_strong_hash_passes if {
	control.resources == {"acme/scorer"} with input as of([digest("SHA-256", digest_of_a_model)])
	codes == set() with input as of([digest("SHA-256", digest_of_a_model)])
	codes == set() with input as of([digest("MD5", substring(digest_of_a_model, 0, 32)), digest("BLAKE3", digest_of_a_model)])
	control.undetermined == set() with input as of([digest("SHA-256", digest_of_a_model)])
}

test_a_model_without_a_hash_fails if {
	control.findings == {{
		"code": "no_hash",
		"resource": "acme/scorer",
		"message": "the model has no cryptographic hash",
		"path": ["components", 0, "hashes"],
	}} with input as of([])
	every broken in [null, "x", {}, {"0": digest("SHA-256", digest_of_a_model)}] {
		codes == {"no_hash"} with input as of(broken)
	}
}

test_md5_and_sha_1_only_fail if {
	weak := [digest("SHA-1", "32657f0d033fc07a7420be36a6af9083c6a63489"), digest("MD5", substring(digest_of_a_model, 0, 32))]
	{f.message | some f in control.findings} == {"only MD5, SHA-1, and no digest of SHA-256 or stronger"} with input as of(weak)
	codes == {"weak_hash"} with input as of(weak)
}

test_a_digest_of_another_length_or_of_nothing_fails if {
	values := [
		substring(digest_of_a_model, 0, 63),
		sprintf("%s0", [digest_of_a_model]),
		replace(digest_of_a_model, "4", "g"),
		sprintf("%064d", [0]),
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		1,
		null,
	]
	every value in values {
		codes == {"malformed_hash"} with input as of([digest("SHA-256", value)])
	}
}

test_hashes_that_cannot_be_read_fail if {
	every broken in [[1], [null], [["SHA-256"]], [{"algorithm": 1, "value": digest_of_a_model}], [{"value": digest_of_a_model}]] {
		count(codes) == 1 with input as of(broken)
	}
}

test_a_model_in_files_passes_where_each_has_a_hash if {
	strong := {"name": "a", "path": [], "hashes": [digest("SHA-512", concat("", [digest_of_a_model, digest_of_a_model]))]}
	codes == set() with input as make.of_model({"files": [strong, strong]}, {})
	codes == {"malformed_hash"} with input as make.of_model({"files": [strong, {"name": "b", "path": [], "hashes": []}]}, {})
	codes == {"no_hash"} with input as make.of_model({"files": [{"name": "b", "path": [], "hashes": []}]}, {})
}

test_a_model_that_cannot_be_read_is_undetermined if {
	count(control.undetermined) == 1 with input as make.bom({"models": ["x"]}, {})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "malformed_hash",
		"resource": "acme/scorer",
		"message": "a digest is none of content, or not every file of the model has one",
		"path": ["components", 0, "hashes"],
	}} with input as make.of_model({"files": [{"name": "a", "path": [], "hashes": [digest("SHA-512", concat("", [digest_of_a_model, digest_of_a_model]))]}, {"name": "b", "path": [], "hashes": []}]}, {})
	control.findings == {{
		"code": "weak_hash",
		"resource": "acme/scorer",
		"message": "only an unknown algorithm, and no digest of SHA-256 or stronger",
		"path": ["components", 0, "hashes"],
	}} with input as of([{"algorithm": 1, "value": digest_of_a_model}])
}

test_each_algorithm_of_at_least_256_bits_passes_at_its_own_length_only if {
	every algorithm, length in {
		"SHA-256": 64,
		"SHA-384": 96,
		"SHA-512": 128,
		"SHA3-256": 64,
		"SHA3-384": 96,
		"SHA3-512": 128,
		"BLAKE2b-256": 64,
		"BLAKE2b-384": 96,
		"BLAKE2b-512": 128,
		"BLAKE3": 64,
	} {
		codes == set() with input as of([digest(algorithm, hexadecimal(length))])
		codes == {"malformed_hash"} with input as of([digest(algorithm, hexadecimal(length - 1))])
	}
}

test_a_malformed_digest_is_told_also_beside_a_weak_one if {
	codes == {"malformed_hash"} with input as of([digest("MD5", hexadecimal(32)), digest("SHA-256", hexadecimal(63))])
}

test_a_digest_of_two_digits_passes_one_of_a_single_digit_does_not if {
	codes == set() with input as of([digest("SHA-256", replace(sprintf("%064d", [0]), "00", "0a"))])
	codes == {"malformed_hash"} with input as of([digest("SHA-256", sprintf("%064d", [0]))])
}

test_a_model_in_one_file_passes_where_that_has_a_hash if {
	codes == set() with input as make.of_model({"files": [{"name": "a", "path": [], "hashes": [digest("SHA-256", digest_of_a_model)]}]}, {})
}

hexadecimal(length) := substring(concat("", [digest_of_a_model, digest_of_a_model]), 0, length)

codes := {finding.code | some finding in control.findings}

digest(algorithm, value) := {"algorithm": algorithm, "value": value}

of(hashes) := make.of_model({"hashes": hashes}, {})
