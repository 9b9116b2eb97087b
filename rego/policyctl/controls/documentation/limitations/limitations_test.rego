package policyctl.controls.documentation.limitations_test

import data.policyctl.controls.documentation.limitations as control
import data.policyctl.testing.bom as make_bom
import data.policyctl.testing.model_card as make

test_a_section_with_enough_words_passes if {
	control.resources == {"README.md"} with input as of([make.section("limitations", 15)])
	control.findings == set() with input as of([make.section("limitations", 15)])
}

test_a_section_with_one_word_less_is_short if {
	codes == {"short"} with input as of([make.section("limitations", 14)])
}

test_a_card_without_the_section_fails if {
	control.findings == {{
		"code": "missing",
		"resource": "README.md",
		"message": "the card does not state its limitations",
		"path": ["sections", "limitations"],
	}} with input as of([make.section("description", 500)])
}

test_a_placeholder_is_no_section if {
	codes == {"placeholder"} with input as of([object.union(make.section("limitations", 40), {"placeholder": true})])
}

test_sections_that_cannot_be_read_do_not_pass if {
	every broken in [null, "", {}, [null], [[make.section("limitations", 40)]]] {
		codes == {"missing"} with input as of(broken)
	}
}

test_the_profile_sets_how_much_is_enough if {
	document := make.card({"sections": [make.section("limitations", 30)]}, parameters(31), {})
	codes == {"short"} with input as document
}

test_a_dataset_is_looked_at_as_well if {
	document := make.card({"subject_type": "dataset"}, parameters(15), {})
	codes == {"missing"} with input as document
}

test_a_model_in_a_bom_is_looked_at_as_well if {
	control.resources == {"acme/scorer"} with input as make_bom.of_model({}, parameters(15))
	control.findings == {{
		"code": "missing",
		"resource": "acme/scorer",
		"message": "the BOM does not state its limitations",
		"path": ["components", 0, "modelCard", "considerations"],
	}} with input as make_bom.of_model({}, parameters(15))
	control.findings == set() with input as make_bom.of_model({"sections": [make.section("limitations", 15)]}, parameters(15))
	control.undetermined == set() with input as make_bom.of_model({}, parameters(15))
}

test_a_model_in_a_bom_that_cannot_be_read_is_undetermined if {
	count(control.undetermined) == 1 with input as make_bom.bom({"models": ["x"]}, parameters(15))
}

codes := {finding.code | some finding in control.findings}

parameters(minimum) := {"documentation": {"limitations": {"minimum_words": minimum}}}

of(sections) := make.card({"sections": sections}, parameters(15), {})
