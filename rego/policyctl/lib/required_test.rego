package policyctl.lib.required_test

import data.policyctl.lib.required
import data.policyctl.testing.terraform as make

test_a_good_value_keeps_the_rule if {
	_judged({"values": {"public": false}}) == []
}

test_a_value_that_is_not_among_the_good_ones_breaks_it if {
	every value in [true, null, "", "false", 0, [], [false]] {
		_judged({"values": {"public": value}}) == [{"finding": "public", "path": ["values", "public"]}]
	}
	_judged({}) == [{"finding": "public", "path": ["values", "public"]}]
	_judged({"computed": ["public"]}) == [{"finding": "public", "path": ["values", "public"]}]
}

test_a_value_that_is_not_known_is_undetermined if {
	_judged({"unknown": ["public"]}) == [{"undetermined": ["values", "public"]}]
	_judged({"masked": ["public"]}) == [{"undetermined": ["values", "public"]}]
}

test_one_good_alternative_is_enough if {
	_judged({"values": {"public": true, "network": [{"name": "n"}]}}) == []
	_judged({"values": {"network": [{"name": "n"}]}, "unknown": ["public"]}) == []
}

test_a_blank_text_is_no_text if {
	every name in ["", " ", 1, null, ["n"]] {
		_judged({"values": {"public": true, "network": [{"name": name}]}}) == [{"finding": "public", "path": ["values", "public"]}]
	}
}

test_an_alternative_that_is_not_known_may_be_the_good_one if {
	_judged({"values": {"public": true}, "unknown": ["network"]}) == [{"undetermined": ["values", "public"]}]
}

test_each_block_must_keep_an_alternative if {
	_judged({"values": {"network": [{"name": "n"}, {"name": ""}]}}) == [{"finding": "public", "path": ["values", "public"]}]
	_judged({"values": {"network": [{"name": "n"}, {}]}, "unknown": ["network.1.name"]}) == [{"undetermined": ["values", "public"]}]
	_judged({"values": {"network": [{"name": ""}, {}]}, "unknown": ["network.1.name"]}) == [{"finding": "public", "path": ["values", "public"]}]
}

test_what_a_named_resource_will_give_is_good if {
	_judged({"unknown": ["network.0.name"], "references": {"network.name": ["google_compute_network.n.id"]}}) == []
	_judged({"unknown": ["network.0.name"], "references": {"network.name": ["google_compute_address.a.id"]}}) == [{"undetermined": ["values", "public"]}]
	_judged({"values": {"network": [{"name": ""}]}, "references": {"network.name": ["google_compute_network.n.id"]}}) == [{
		"finding": "public",
		"path": ["values", "public"],
	}]
}

test_a_list_of_texts_is_good_when_all_of_it_is if {
	_judged({"values": {"public": true, "subnets": ["a", "b"]}}) == []
	every subnets in [[], ["a", ""], ["a", null], "a", {"a": "b"}, null, [["a"]]] {
		_judged({"values": {"public": true, "subnets": subnets}}) == [{"finding": "public", "path": ["values", "public"]}]
	}
}

test_a_list_of_texts_that_is_not_known_needs_an_origin if {
	_judged({"values": {"public": true}, "unknown": ["subnets"]}) == [{"undetermined": ["values", "public"]}]
	_judged({"values": {"public": true, "subnets": [null]}, "unknown": ["subnets.0"]}) == [{"undetermined": ["values", "public"]}]
	_judged({
		"values": {"public": true, "subnets": ["a", null]},
		"unknown": ["subnets.1"],
		"references": {"subnets": ["google_compute_network.n.id"]},
	}) == []
}

test_types_that_the_table_does_not_name_are_not_judged if {
	required.resources(_table) == set() with input as make.plan([{"address": "google_vertex_ai_dataset.e"}])
	_judged({"action": "delete"}) == []
}

test_the_resources_are_those_that_are_judged if {
	required.resources(_table) == {"google_vertex_ai_endpoint.e"} with input as make.plan([{"address": "google_vertex_ai_endpoint.e"}])
}

_judged(resource) := array.concat(
	[{"finding": f.code, "path": f.path} |
		some f in required.findings(_table) with input as _plan(resource)
		f.resource == "google_vertex_ai_endpoint.e"
		f.message == "the endpoint is public"
	],
	[{"undetermined": u.path} |
		some u in required.undetermined(_table) with input as _plan(resource)
		u.resource == "google_vertex_ai_endpoint.e"
	],
)

_plan(resource) := make.plan([
	object.union({"address": "google_vertex_ai_endpoint.e"}, resource),
	{"address": "google_compute_network.n"},
	{"address": "google_compute_address.a"},
])

_table := {"google_vertex_ai_endpoint": [{
	"code": "public",
	"message": "the endpoint is public",
	"any": [
		{"path": "public", "values": {false}},
		{"path": "network.name", "text": true, "origins": {"google_compute_network"}},
		{"path": "subnets", "texts": true, "origins": {"google_compute_network"}},
	],
}]}
