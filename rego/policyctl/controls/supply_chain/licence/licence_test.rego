package policyctl.controls.supply_chain.licence_test

import data.policyctl.controls.supply_chain.licence as control
import data.policyctl.testing.bom as make_bom
import data.policyctl.testing.model_card as make

test_a_licence_that_is_allowed_passes if {
	control.resources == {"README.md"} with input as of([spdx("MIT")])
	control.findings == set() with input as of([spdx("MIT")])
	control.undetermined == set() with input as of([spdx("MIT")])
}

test_a_licence_that_is_not_allowed_fails if {
	control.findings == {{
		"code": "not_allowed",
		"resource": "README.md",
		"message": "the licence CC-BY-NC-4.0 is not among those allowed",
		"path": ["metadata", "license"],
	}} with input as of([spdx("CC-BY-NC-4.0")])
	codes == {"not_allowed"} with input as of([spdx("MIT"), spdx("AGPL-3.0-only")])
}

test_a_card_without_a_licence_fails if {
	codes == {"no_licence"} with input as of([])
}

test_one_of_several_alternatives_is_enough if {
	codes == set() with input as of([spdx("GPL-3.0-only OR MIT")])
	codes == {"not_allowed"} with input as of([spdx("GPL-3.0-only OR AGPL-3.0-only")])
}

test_of_licences_that_hold_together_each_must_be_allowed if {
	codes == set() with input as of([spdx("MIT AND Apache-2.0")])
	codes == {"not_allowed"} with input as of([spdx("MIT AND GPL-3.0-only")])
	codes == set() with input as of([spdx("MIT AND GPL-3.0-only OR Apache-2.0")])
}

test_an_exception_is_part_of_its_licence if {
	codes == {"not_allowed"} with input as of([spdx("Apache-2.0 WITH LLVM-exception")])
}

test_a_mixed_expression_is_undetermined if {
	codes == set() with input as of([spdx("(MIT OR GPL-3.0-only) AND Apache-2.0")])
	count(control.undetermined) == 1 with input as of([spdx("(MIT OR GPL-3.0-only) AND Apache-2.0")])
}

test_other_without_a_name_or_a_link_fails if {
	every licence in [{"id": "other"}, {"id": "Unknown"}, {"id": "other", "name": "", "link": ""}, {"id": ""}, {"id": null}, {}, {"id": 1}] {
		codes == {"unnamed_licence"} with input as of([licence])
	}
}

test_a_licence_of_ones_own_is_undetermined if {
	every licence in [{"id": "other", "name": "llama-guard"}, {"id": "other", "link": "LICENSE"}, {"id": "llama3.2"}] {
		codes == set() with input as of([licence])
		count(control.undetermined) == 1 with input as of([licence])
	}
}

test_a_licence_that_somebody_has_read_passes if {
	every licence in [{"id": "gemma"}, {"id": "other", "name": "Gemma"}] {
		codes == set() with input as of([licence])
		control.undetermined == set() with input as of([licence])
	}
}

test_an_expression_that_is_not_text_is_none if {
	every broken in [null, "", 1, ["MIT"]] {
		codes == {"unnamed_licence"} with input as of([{"id": "other", "spdx": broken}])
	}
}

test_licences_that_cannot_be_read_do_not_pass if {
	every broken in [null, "mit", {}] {
		count(control.undetermined) == 1 with input as of(broken)
	}
	every broken in [[null], ["mit"], [[spdx("MIT")]]] {
		codes == {"unnamed_licence"} with input as of(broken)
	}
	count(control.undetermined) == 1 with input as {"facts": object.remove(of([]).facts, {"licences"}), "profile": of([]).profile}
}

test_a_dataset_needs_a_licence_as_well if {
	document := make.card({"subject_type": "dataset"}, of([]).profile.parameters, {})
	codes == {"no_licence"} with input as document
}

test_a_place_for_licences_that_names_another_one_fails if {
	every place in ["metadata", "section"] {
		control.findings == {{
			"code": "contradicted",
			"resource": "README.md",
			"message": "the card names the licence MIT in one place and CC-BY-NC-4.0 in another",
			"path": ["licence_statements", 0],
		}} with input as said([spdx("MIT")], [says("licence", place, ["CC-BY-NC-4.0"])])
	}
	control.undetermined == set() with input as said([spdx("MIT")], [says("licence", "section", ["CC-BY-NC-4.0"])])
}

test_a_key_of_the_metadata_is_the_place if {
	statement := object.union(says("licence", "metadata", ["GPL-3.0"]), {"key": "license_name"})
	{finding.path | some finding in control.findings} == {["metadata", "license_name"]} with input as said([spdx("MIT")], [statement])
}

test_another_licence_that_is_allowed_is_undetermined if {
	codes == set() with input as said([spdx("MIT")], [says("licence", "section", ["Apache-2.0"])])
	reasons == {"another place names Apache-2.0: somebody has to say which licence holds"} with input as said([spdx("MIT")], [says("licence", "section", ["Apache-2.0"])])
}

test_another_licence_in_a_sentence_or_beside_the_same_one_is_undetermined if {
	every statement in [says("licence", "sentence", ["CC-BY-NC-4.0"]), says("licence", "section", ["CC-BY-NC-4.0", "MIT"])] {
		codes == set() with input as said([spdx("MIT")], [statement])
		count(control.undetermined) == 1 with input as said([spdx("MIT")], [statement])
	}
}

test_the_same_licence_said_again_passes if {
	every names in [["MIT"], ["MIT", "Apache-2.0"], ["mit"]] {
		passes with input as said([spdx("MIT")], [says("licence", "section", names)])
	}
	passes with input as said([spdx("Apache-2.0")], [says("licence", "section", ["Apache"])])
	passes with input as said([spdx("MIT OR GPL-3.0-only")], [says("licence", "section", ["GPL-3.0"])])
	passes with input as said([{"id": "other", "name": "Gemma"}], [says("licence", "section", ["Gemma"])])
}

test_part_of_a_name_is_not_the_name if {
	count(control.undetermined) == 1 with input as said([spdx("MIT")], [says("licence", "sentence", ["MIT-0"])])
	codes == {"contradicted"} with input as said([spdx("MIT")], [says("licence", "section", ["MI"])])
}

test_limits_and_terms_are_undetermined if {
	every words in ["limit", "terms"] {
		count(control.undetermined) == 1 with input as said([spdx("MIT")], [says(words, "section", [])])
		passes with input as said([{"id": "other", "name": "Gemma"}], [says(words, "section", [])])
	}
}

test_a_licence_with_limits_may_be_said_to_have_some if {
	document := said([spdx("CC-BY-NC-4.0")], [says("limit", "section", [])])
	allowed := {"supply_chain": {"licence": {"allowed": ["CC-BY-NC-4.0"], "allowed_by_name": []}}}
	passes with input as json.patch(document, [{"op": "replace", "path": "/profile/parameters", "value": allowed}])
	count(control.undetermined) == 1 with input as json.patch(
		said([spdx("CC-BY-NC-4.0")], [says("terms", "section", [])]),
		[{"op": "replace", "path": "/profile/parameters", "value": allowed}],
	)
}

test_statements_that_cannot_be_read_do_not_pass if {
	every broken in [null, "MIT", {}] {
		count(control.undetermined) == 1 with input as said([spdx("MIT")], broken)
	}
	every broken in [null, "MIT", {}, {"says": "licence", "place": "section", "names": []}, {"says": "licence", "place": "section", "names": [1]}, {"says": 1, "names": ["MIT"]}, {"says": "licence", "names": {"x": "MIT"}}] {
		count(control.undetermined) == 1 with input as said([spdx("MIT")], [broken])
	}
	count(control.undetermined) == 1 with input as {"facts": object.remove(of([spdx("MIT")]).facts, {"licence_statements"}), "profile": of([]).profile}
}

test_a_card_without_a_licence_in_its_metadata_fails_whatever_its_text_says if {
	codes == {"no_licence"} with input as said([], [says("licence", "section", ["CC-BY-NC-4.0"])])
}

test_each_model_of_a_bom_needs_a_licence if {
	passes with input as in_a_bom([spdx("MIT")])
	control.resources == {"acme/scorer"} with input as in_a_bom([spdx("MIT")])
	control.findings == {{
		"code": "no_licence",
		"resource": "acme/scorer",
		"message": "the BOM names no licence",
		"path": ["components", 0, "licenses"],
	}} with input as in_a_bom([])
	codes == {"not_allowed"} with input as in_a_bom([spdx("MIT"), spdx("GPL-3.0-only")])
	codes == {"unnamed_licence"} with input as in_a_bom([{"id": "unknown"}])
}

test_missing_none_and_not_asserted_are_three_things if {
	codes == {"no_licence"} with input as in_a_bom([])
	codes == {"none"} with input as in_a_bom([{"id": "NONE"}])
	codes == set() with input as in_a_bom([{"id": "NOASSERTION"}])
	reasons == {"the BOM asserts nothing about the licence"} with input as in_a_bom([{"id": "NOASSERTION"}])
}

test_of_a_model_in_a_bom_that_cannot_be_read_nothing_is_told if {
	count(control.undetermined) == 1 with input as make_bom.bom({"models": ["x"]}, of([]).profile.parameters)
	every broken in [null, "MIT", {}] {
		count(control.undetermined) == 1 with input as in_a_bom(broken)
	}
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "unnamed_licence",
		"resource": "README.md",
		"message": "the card says that there is a licence, and not which",
		"path": ["metadata", "license"],
	}} with input as of([{}])
	control.findings == {{
		"code": "none",
		"resource": "acme/scorer",
		"message": "the BOM says that there is no licence",
		"path": ["components", 0, "licenses"],
	}} with input as in_a_bom([{"id": "NONE"}])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "README.md",
		"path": ["metadata", "license"],
		"reason": "what else is said of the licence could not be read",
	}} with input as said([spdx("MIT")], {})
	control.undetermined == {{
		"resource": "README.md",
		"path": ["licence_statements", 0],
		"reason": "the text limits the use, which the licence does not: somebody has to say which holds",
	}} with input as said([spdx("MIT")], [says("limit", "section", [])])
	control.undetermined == {{
		"resource": "README.md",
		"path": ["metadata", "license"],
		"reason": "llama3.2 is no standard licence: somebody has to read it",
	}} with input as of([{"id": "llama3.2"}])
	control.undetermined == {{
		"resource": "README.md",
		"path": ["licence_statements", 0],
		"reason": "the card has terms for its licence elsewhere: somebody has to read them",
	}} with input as said([spdx("MIT")], [{}])
	control.undetermined == {{
		"resource": "README.md",
		"path": ["metadata", "license"],
		"reason": "the licence expression (MIT OR GPL-3.0-only) AND Apache-2.0 has to be read by a person",
	}} with input as of([spdx("(MIT OR GPL-3.0-only) AND Apache-2.0")])
	control.undetermined == {{
		"resource": "README.md",
		"path": ["metadata", "license"],
		"reason": "the licences could not be read",
	}} with input as of({})
	control.undetermined == {{
		"resource": "README.md",
		"path": ["licence_statements", 0],
		"reason": "another place names CC-BY-NC-4.0, MIT: somebody has to say which licence holds",
	}} with input as said([spdx("MIT")], [says("licence", "section", ["CC-BY-NC-4.0", "MIT"])])
}

test_a_contradiction_names_all_licences_on_both_sides if {
	document := said([spdx("MIT OR Apache-2.0")], [says("licence", "metadata", ["GPL-3.0", "AGPL-3.0"])])
	{f.message | some f in control.findings} == {"the card names the licence Apache-2.0, MIT in one place and GPL-3.0, AGPL-3.0 in another"} with input as document
}

test_one_licence_among_others_that_is_not_allowed_contradicts if {
	codes == {"contradicted"} with input as said([spdx("MIT")], [says("licence", "metadata", ["Apache-2.0", "GPL-3.0"])])
	codes == set() with input as said([spdx("MIT")], [says("limit", "metadata", ["GPL-3.0"])])
}

test_a_licence_of_its_own_has_its_id_and_its_name if {
	own := {"id": "llama3", "name": "Meta Llama 3"}
	every name in ["llama3", "Meta Llama 3"] {
		reasons == {"Meta Llama 3 is no standard licence: somebody has to read it"} with input as said([own], [says("licence", "metadata", [name])])
	}
}

test_a_licence_that_was_read_covers_its_limits_and_not_other_licences if {
	gemma := {"id": "gemma", "name": "Gemma"}
	every words in ["limit", "terms"] {
		control.undetermined == set() with input as said([gemma, spdx("MIT")], [says(words, "text", [])])
	}
	count(control.undetermined) == 1 with input as said([gemma], [says("licence", "text", ["MIT-0"])])
}

test_of_several_licences_one_that_forbids_commerce_explains_a_limit if {
	control.undetermined == set() with input as said([spdx("CC-BY-NC-4.0"), spdx("MIT")], [says("limit", "text", [])])
	count(control.undetermined) == 1 with input as said([spdx("CC-BY-NC-4.0")], [says("terms", "text", [])])
}

test_a_statement_is_found_where_it_stands if {
	first := says("licence", "text", ["MIT"])
	second := says("limit", "text", [])
	{entry.path | some entry in control.undetermined} == {["licence_statements", 1]} with input as said([spdx("MIT")], [first, second])
}

test_a_licence_is_called_by_what_it_has if {
	reasons == {"a licence is no standard licence: somebody has to read it"} with input as of([{"link": "https://example.org/terms"}])
	reasons == {"acme is no standard licence: somebody has to read it"} with input as of([{"id": "acme", "name": " "}])
}

test_words_for_no_licence_name_none if {
	every word in ["other", "unknown", "None"] {
		reasons == set() with input as of([{"id": word}])
		count(codes) == 1 with input as of([{"id": word}])
	}
}

in_a_bom(licences) := make_bom.of_model({"licences": licences}, of([]).profile.parameters)

passes if {
	control.findings == set()
	control.undetermined == set()
}

reasons := {entry.reason | some entry in control.undetermined}

says(words, place, names) := {"place": place, "says": words, "names": names}

said(licences, statements) := object.union(of(licences), {"facts": object.union(of(licences).facts, {"licence_statements": statements})})

codes := {finding.code | some finding in control.findings}

spdx(expression) := {"id": lower(expression), "spdx": expression}

of(licences) := make.card({"licences": licences}, {"supply_chain": {"licence": {"allowed": ["MIT", "Apache-2.0"], "allowed_by_name": ["Gemma"]}}}, {})
