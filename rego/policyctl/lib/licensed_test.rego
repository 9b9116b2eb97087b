package policyctl.lib.licensed_test

import data.policyctl.lib.licensed
import data.policyctl.testing.bom as make_bom
import data.policyctl.testing.model_card as make

test_a_card_has_a_licence if {
	licensed.things == {{
		"id": "README.md",
		"licences": [],
		"path": ["metadata", "license"],
		"document": "card",
	}} with input as make.card({}, {}, {})
	licensed.unread == set() with input as make.card({}, {}, {})
}

test_models_and_datasets_of_a_bom_have_one if {
	document := make_bom.bom({"models": [make_bom.model({})], "datasets": [make_bom.dataset({})]}, {})
	{thing.id: thing.path | some thing in licensed.things} == {
		"acme/scorer": ["components", 0, "licenses"],
		"applications": ["components", 1, "licenses"],
	} with input as document
}

test_a_dataset_inside_of_a_card_has_no_place_for_one if {
	licensed.things == set() with input as make_bom.bom({"datasets": [make_bom.dataset({"inline": true})]}, {})
	every broken in [false, null, "true", 1] {
		count(licensed.things) == 1 with input as make_bom.bom({"datasets": [make_bom.dataset({"inline": broken})]}, {})
	}
}

test_what_cannot_be_told_apart_is_unread if {
	count(licensed.unread) == 2 with input as make_bom.bom({"models": ["x"], "datasets": ["x"]}, {})
}
