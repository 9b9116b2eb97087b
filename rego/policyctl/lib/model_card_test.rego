package policyctl.lib.model_card_test

import data.policyctl.lib.model_card
import data.policyctl.testing.model_card as make

test_only_a_dataset_is_a_dataset if {
	model_card.datasets == {"README.md"} with input as of({"subject_type": "dataset"})
	model_card.models == set() with input as of({"subject_type": "dataset"})
	every type in ["model", null, 1, "", ["dataset"]] {
		model_card.models == {"README.md"} with input as of({"subject_type": type})
		model_card.datasets == set() with input as of({"subject_type": type})
	}
}

test_a_card_that_does_not_say_is_no_dataset if {
	document := {"facts": object.remove(of({}).facts, {"subject_type"})}
	model_card.models == {"README.md"} with input as document
	model_card.datasets == set() with input as document
}

test_words_of_all_sections_of_a_kind_count_together if {
	model_card.state("limitations", 15) == "written" with input as of({"sections": [limitations(8), limitations(7)]})
	model_card.state("limitations", 15) == "short" with input as of({"sections": [limitations(8), limitations(6)]})
	model_card.state("limitations", 15) == "short" with input as of({"sections": [limitations(14), make.section("contact", 50)]})
}

test_placeholders_are_no_text if {
	model_card.state("limitations", 1) == "placeholder" with input as of({"sections": [object.union(limitations(30), {"placeholder": true})]})
	model_card.state("limitations", 1) == "placeholder" with input as of({"sections": [limitations(0)]})
	model_card.state("limitations", 0) == "placeholder" with input as of({"sections": [limitations(0)]})
}

test_text_that_cannot_be_counted_is_none if {
	every broken in ["30", null, [30], true] {
		model_card.state("limitations", 1) == "placeholder" with input as of({"sections": [object.union(limitations(30), {"words": broken})]})
	}
}

test_sections_that_cannot_be_read_are_missing if {
	every broken in [null, "limitations", {}, [[limitations(30)]], [null], []] {
		model_card.state("limitations", 1) == "missing" with input as of({"sections": broken})
	}
	model_card.state("limitations", 1) == "missing" with input as {"facts": object.remove(of({}).facts, {"sections"})}
}

test_a_defect_says_what_is_wrong if {
	model_card.defects("limitations", 15, "its limitations") == {{
		"code": "missing",
		"resource": "README.md",
		"message": "the card does not state its limitations",
		"path": ["sections", "limitations"],
	}} with input as of({})
	model_card.defects("limitations", 15, "its limitations") == set() with input as of({"sections": [limitations(15)]})
}

test_text_is_what_says_something if {
	model_card.text("mit", "") == "mit"
	every nothing in ["", "  ", null, 1, ["mit"]] {
		model_card.text(nothing, "none") == "none"
	}
}

test_a_path_that_is_none_is_replaced if {
	model_card.at({"path": ["model-index", 0]}, []) == ["model-index", 0]
	model_card.at({"path": "model-index"}, ["results"]) == ["results"]
	model_card.at({}, ["results"]) == ["results"]
}

limitations(words) := make.section("limitations", words)

of(facts) := make.card(facts, {}, {})
