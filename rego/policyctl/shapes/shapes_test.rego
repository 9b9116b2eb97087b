package policyctl.shapes_test

import data.policyctl.shapes

test_resources_as_a_collector_writes_them_are_well_shaped if {
	broken({"a": [resource, resource], "b": []}) == set()
	broken({}) == set()
}

test_a_fact_of_another_type_than_its_kind_gives_it_is_misshapen if {
	every value in [null, "x", 7, {}, []] {
		of_card({"serving": value, "name": "x"}) == {["facts", "serving"]}
	}
	of_card({"serving": false, "name": "x"}) == set()
	of_card({"serving": false, "name": ""}) == set()
}

test_a_fact_that_is_never_absent_is_misshapen_where_it_is if {
	of_card({"name": "x"}) == {["facts", "serving"]}
	of_card({}) == {["facts", "serving"], ["facts", "name"]}
}

test_facts_that_are_no_object_are_misshapen_all_over if {
	every facts in ["x", 7, null, []] {
		of_card(facts) == {["facts", "serving"], ["facts", "name"]}
	}
	found := shapes.misshapen with input as {"kind": "model_card"} with data.policyctl.catalog.facts as types
	found == {["facts", "serving"], ["facts", "name"]}
}

test_a_plan_whose_resources_are_no_map_is_misshapen_as_a_whole if {
	every listed in [null, "x", 7, true, [], ""] {
		broken(listed) == {["facts", "resources"]}
	}
}

test_a_plan_with_something_else_in_the_place_of_a_list_is_misshapen_as_a_whole if {
	every listed in [null, "x", 7, true, {}, {"0": resource}, ""] {
		broken({"a": listed, "b": [resource]}) == {["facts", "resources"]}
	}
}

test_a_type_that_holds_something_else_than_resources_is_misshapen if {
	every other in [null, "x", 7, true, {}, [resource], {"x": resource}] {
		broken({"a": [resource, other]}) == {["facts", "resources", "a"]}
	}
}

test_a_resource_without_one_of_its_parts_or_with_one_of_another_type_is_misshapen if {
	every part in ["address", "action", "values", "unknown", "computed", "masked", "references"] {
		broken({"a": [json.remove(resource, [part])]}) == {["facts", "resources", "a"]}
		broken({"a": [object.union(resource, {part: 7})]}) == {["facts", "resources", "a"]}
	}
}

test_a_list_of_paths_holds_nothing_but_text if {
	every part in ["unknown", "computed", "masked"] {
		broken({"a": [object.union(resource, {part: ["x", "y.0"]})]}) == set()
		broken({"a": [object.union(resource, {part: ["x", ["y"]]})]}) == {["facts", "resources", "a"]}
		broken({"a": [object.union(resource, {part: ["x", ""]})]}) == {["facts", "resources", "a"]}
	}
}

of_card(facts) := found if {
	found := shapes.misshapen with input as {"kind": "model_card", "facts": facts} with data.policyctl.catalog.facts as types
}

types := {"model_card": {"serving": "boolean", "name": "string"}, "terraform_plan": {"resources": "object"}}

broken(resources) := found if {
	found := shapes.misshapen with input as {"kind": "terraform_plan", "facts": {"resources": resources}}
		with data.policyctl.catalog.facts as types
}

resource := {
	"address": "a.x", "action": "create", "values": {}, "unknown": [], "computed": [],
	"masked": [], "references": {},
}
