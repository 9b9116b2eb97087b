package policyctl.controls.supply_chain.base_model_terms_test

import data.policyctl.controls.supply_chain.base_model_terms as control
import data.policyctl.testing.model as make

test_a_base_with_revision_licence_and_terms_passes if {
	control.resources == {"mlflow:wine/1"} with input as of([named], [stated])
	control.findings == set() with input as of([named], [stated])
	control.undetermined == set() with input as of([named], [stated])
}

test_a_base_that_the_record_leaves_out_fails if {
	control.findings == {{
		"code": "not_recorded",
		"resource": "mlflow:wine/1",
		"message": "the release record says nothing of the base model acme/base",
		"path": ["card", "facts", "base_models", 0],
	}} with input as of([named], [])
	codes == {"not_recorded"} with input as of([named], [object.union(stated, {"id": "acme/other"})])
	codes == {"not_recorded"} with input as make.version({"card": {"facts": {"base_models": [named]}}}, {}, {})
	codes == set() with input as of([named], [object.union(stated, {"id": "Acme/Base"})])
}

test_a_base_that_only_the_record_names_is_looked_at if {
	codes == set() with input as of([], [stated])
	codes == {"no_licence"} with input as of([], [object.remove(stated, {"licence"})])
	control.resources == {"mlflow:wine/1"} with input as of([], [stated])
	control.undetermined == set() with input as of([], [stated])
}

test_a_base_without_a_fixed_revision_fails if {
	control.findings == {{
		"code": "no_revision",
		"resource": "mlflow:wine/1",
		"message": "the base model acme/base is recorded without a fixed revision",
		"path": ["release", "base_models", 0],
	}} with input as of([], [object.remove(stated, {"revision"})])
	every broken in [null, "", "main", "Master", "latest", "HEAD", 7] {
		codes == {"no_revision"} with input as of([], [object.union(stated, {"revision": broken})])
	}
}

test_the_terms_of_another_revision_fail if {
	control.findings == {{
		"code": "other_revision",
		"resource": "mlflow:wine/1",
		"message": "the card names revision 9f1c of the base model acme/base, and the release record another",
		"path": ["release", "base_models", 0],
	}} with input as of([object.union(named, {"revision": "9f1c"})], [stated])
	codes == set() with input as of([object.union(named, {"revision": "E0BC"})], [stated])
}

test_a_card_without_the_revision_cannot_be_compared if {
	every broken in [null, "", 7, ["e0bc"]] {
		control.findings == set() with input as of([object.union(named, {"revision": broken})], [stated])
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "the card does not say which revision of acme/base the version was made from",
			"path": ["card", "facts", "base_models", 0],
		}} with input as of([object.union(named, {"revision": broken})], [stated])
	}
}

test_a_base_without_a_licence_fails if {
	control.findings == {{
		"code": "no_licence",
		"resource": "mlflow:wine/1",
		"message": "the record says nothing about the licence of the base model acme/base",
		"path": ["release", "base_models", 0, "licence"],
	}} with input as of([named], [object.remove(stated, {"licence"})])
}

test_terms_that_nobody_can_read_again_fail if {
	{[finding.code, finding.path] | some finding in control.findings} == {["no_evidence", ["release", "base_models", 0, "terms"]]} with input as of([named], [object.remove(stated, {"terms"})])
	{regex.match(`the terms of the base model acme/base\b`, finding.message) | some finding in control.findings} == {true} with input as of([named], [object.remove(stated, {"terms"})])
	every state in ["changed", "missing"] {
		codes == {sprintf("evidence_%s", [state])} with input as of([named], [object.union(stated, {"terms": [object.union(stated.terms[0], {"state": state})]})])
	}
}

test_a_version_that_was_made_from_no_other_is_not_looked_at if {
	control.resources == set() with input as of([], [])
	control.findings == set() with input as of([], [])
	control.undetermined == set() with input as of([], [])
}

test_without_a_card_it_cannot_be_told if {
	every broken in [null, "", {}, "acme/base"] {
		control.resources == {"mlflow:wine/1"} with input as of(broken, [])
		control.findings == set() with input as of(broken, [stated])
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "no card says what the version was made from",
			"path": ["card"],
		}} with input as of(broken, [stated])
	}
	count(control.undetermined) == 1 with input as make.version({}, {}, {})
}

test_a_base_without_a_name_cannot_be_told if {
	every broken in [{"revision": "e0bc"}, {"id": "", "revision": "e0bc"}, {"id": 7, "revision": "e0bc"}] {
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "a base model has no name",
			"path": ["card", "facts", "base_models", 0],
		}} with input as of([broken], [stated])
	}
	{entry.path | some entry in control.undetermined} == {["release", "base_models", 0]} with input as of([named], [object.remove(stated, {"id"}), stated])
}

codes := {finding.code | some finding in control.findings}

named := {"id": "acme/base", "revision": "e0bc"}

stated := {
	"id": "acme/base",
	"revision": "e0bc",
	"licence": "Apache-2.0",
	"terms": [{"title": "Terms", "sha256": make.digest, "state": "same"}],
}

of(named_by_card, stated_in_record) := make.version(
	{
		"card": {"facts": {"base_models": named_by_card}},
		"release": {"base_models": stated_in_record},
	},
	{},
	{},
)
