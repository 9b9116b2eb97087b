package policyctl.lib.bom_test

import data.policyctl.lib.bom
import data.policyctl.testing.bom as make

test_models_and_datasets_are_known_by_their_ids if {
	document := make.bom({"models": [make.model({})], "datasets": [make.dataset({})]}, {})
	bom.model_ids == {"acme/scorer"} with input as document
	bom.dataset_ids == {"applications"} with input as document
	bom.unread_models == set() with input as document
	bom.unread_datasets == set() with input as document
}

test_what_cannot_be_told_apart_is_unread if {
	every broken in ["x", 1, null, {}, [make.model({})], {"id": ""}, {"id": 1}] {
		document := make.bom({"models": [broken], "datasets": [broken]}, {})
		bom.models == [] with input as document
		bom.datasets == [] with input as document
		bom.unread_models == {{"resource": "bom.json", "path": [], "reason": "what the BOM says of its model 0 could not be read"}} with input as document
		count(bom.unread_datasets) == 1 with input as document
	}
}

test_a_document_without_lists_has_nothing if {
	bom.models == [] with input as {"facts": {"id": "bom.json"}}
	bom.datasets == [] with input as {"facts": {"id": "bom.json"}}
}

test_a_list_that_is_none_is_empty if {
	bom.listed({"hashes": [1]}, "hashes") == [1]
	every broken in [{}, {"hashes": "x"}, {"hashes": {"0": 1}}, "x"] {
		bom.listed(broken, "hashes") == []
	}
}

test_a_place_is_below_its_thing if {
	bom.at(make.model({}), ["hashes"]) == ["components", 0, "hashes"]
	bom.at({"path": "x"}, ["hashes"]) == ["hashes"]
}

test_a_text_says_something if {
	bom.text("acme", "") == "acme"
	every nothing in ["", " ", 1, null, ["acme"]] {
		bom.text(nothing, "-") == "-"
	}
}
