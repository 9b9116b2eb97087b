package policyctl.shapes_test

import data.policyctl.shapes

test_resources_as_a_collector_writes_them_are_well_shaped if {
	broken({"a": [resource, resource], "b": []}) == set()
	broken({}) == set()
}

test_a_plan_whose_resources_are_no_map_is_misshapen_as_a_whole if {
	every listed in [null, "x", 7, true, [], ""] {
		broken(listed) == {["facts", "resources"]}
	}
	shapes.misshapen == {["facts", "resources"]} with input as {"kind": "terraform_plan", "facts": {}}
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
	}
}

test_other_kinds_have_no_resources if {
	shapes.misshapen == set() with input as {"kind": "model_card", "facts": {"id": "x"}}
}

broken(resources) := found if {
	found := shapes.misshapen with input as {"kind": "terraform_plan", "facts": {"resources": resources}}
}

resource := {
	"address": "a.x", "action": "create", "values": {}, "unknown": [], "computed": [],
	"masked": [], "references": {},
}
