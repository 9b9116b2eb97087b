package policyctl.lib.described_test

import data.policyctl.lib.described
import data.policyctl.testing.bom as make_bom
import data.policyctl.testing.model_card as make

test_a_card_describes_itself if {
	described.resources == {"README.md"} with input as make.card({}, {}, {})
	described.unread == set() with input as make.card({"models": ["x"]}, {}, {})
	{defect.resource | some defect in described.defects("limitations", 15, "its limitations")} == {"README.md"} with input as make.card({}, {}, {})
}

test_each_model_of_a_bom_is_described if {
	good := make_bom.model({"id": "a", "sections": [make.section("limitations", 15)]})
	document := make_bom.bom({"models": [good, make_bom.model({"sections": [make.section("limitations", 14)]})]}, {})
	described.resources == {"a", "acme/scorer"} with input as document
	described.defects("limitations", 15, "its limitations") == {{
		"code": "short",
		"resource": "acme/scorer",
		"message": "the BOM says too little about its limitations",
		"path": ["components", 0, "modelCard", "considerations"],
	}} with input as document
}

test_a_place_with_nothing_in_it_is_a_placeholder if {
	empty := object.union(make.section("limitations", 0), {"placeholder": true})
	document := make_bom.of_model({"sections": [empty]}, {})
	{defect.code | some defect in described.defects("limitations", 15, "its limitations")} == {"placeholder"} with input as document
}

test_a_model_that_cannot_be_read_is_unread if {
	count(described.unread) == 1 with input as make_bom.bom({"models": [null]}, {})
}
