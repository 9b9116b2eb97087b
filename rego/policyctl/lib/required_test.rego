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

test_what_stands_there_ends_the_message if {
	_message({"values": {"public": "yes"}}) == "the endpoint is public: yes"
	_message({"values": {"public": 1}}) == "the endpoint is public: 1"
	_message({"values": {"public": true}}) == "the endpoint is public"
	_message({}) == "the endpoint is public"
}

test_of_several_blocks_none_is_told if {
	rule := {"code": "c", "message": "m", "any": [{"path": "network.name", "values": {"good"}}]}
	several := {"values": {"network": [{"name": "good"}, {"name": "bad"}]}}
	required.finding(_endpoint(several), rule).message == "m" with input as _plan(several)
	one := {"values": {"network": [{"name": "bad"}]}}
	required.finding(_endpoint(one), rule).message == "m: bad" with input as _plan(one)
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

test_references_may_stand_at_another_path if {
	rule := {"code": "c", "message": "m", "any": [{
		"path": "network.name",
		"text": true,
		"origins": {"google_compute_network"},
		"referenced_at": "network",
	}]}
	every path in ["network", "network.name"] {
		resource := {"unknown": ["network.0.name"], "references": {path: ["google_compute_network.n.id"]}}
		required.verdict(_endpoint(resource), rule) == "yes" with input as _plan(resource)
	}
	elsewhere := {"unknown": ["network.0.name"], "references": {"subnetwork": ["google_compute_network.n.id"]}}
	required.verdict(_endpoint(elsewhere), rule) == "untold" with input as _plan(elsewhere)
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

test_a_setting_may_be_kept_by_a_resource_of_its_own if {
	_elsewhere({"values": {"key": "k"}, "references": {"account": ["azurerm_cognitive_account.a.id"]}}) == "pass"
	_elsewhere({"unknown": ["key"], "references": {"account": ["azurerm_cognitive_account.a.id"], "key": ["azurerm_key_vault_key.k.id"]}}) == "pass"
}

test_a_resource_of_its_own_that_keeps_nothing_does_not_count if {
	_elsewhere({"values": {"key": ""}, "references": {"account": ["azurerm_cognitive_account.a.id"]}}) == "fail"
	_elsewhere({"values": {"key": "k", "account": "/other"}}) == "fail"
	_elsewhere({"values": {"key": "k"}, "action": "delete", "references": {"account": ["azurerm_cognitive_account.a.id"]}}) == "fail"
}

test_a_resource_of_its_own_that_may_keep_it_leaves_it_undetermined if {
	_elsewhere({"unknown": ["key"], "references": {"account": ["azurerm_cognitive_account.a.id"]}}) == "undetermined"
	_elsewhere({"values": {"key": "k"}, "unknown": ["account"], "references": {"account": ["local.account"]}}) == "undetermined"
	ambiguous := json.patch(
		make.plan([
			{"address": "azurerm_cognitive_account.a"},
			object.union(_other, {"values": {"key": "k"}, "references": {"account": ["azurerm_cognitive_account.a.id"]}}),
		]),
		[{"op": "add", "path": "/facts/referenced_by/azurerm_cognitive_account.a/0/ambiguous", "value": true}],
	)
	required.verdict(ambiguous.facts.resources.azurerm_cognitive_account[0], _other_rule) == "untold" with input as ambiguous
}

_other := {"address": "azurerm_cognitive_account_customer_managed_key.k"}

_other_rule := {"code": "no_key", "message": "no key", "any": [{
	"path": "key",
	"text": true,
	"origins": {"azurerm_key_vault_key"},
	"via": "azurerm_cognitive_account_customer_managed_key",
	"at": "account",
}]}

_elsewhere(other) := status if {
	plan := make.plan([{"address": "azurerm_cognitive_account.a"}, object.union(_other, other), {"address": "azurerm_key_vault_key.k"}])
	answer := required.verdict(plan.facts.resources.azurerm_cognitive_account[0], _other_rule) with input as plan
	status := {"yes": "pass", "no": "fail", "untold": "undetermined"}[answer]
}

test_a_rule_within_a_block_binds_only_where_the_block_may_be if {
	rule := {
		"code": "no_key",
		"message": "no key",
		"within": "store",
		"any": [{"path": "store.key", "text": true, "origins": set()}],
	}
	every values, answer in {
		`{"store": []}`: "yes",
		`{"store": null}`: "yes",
		`{"store": [{"key": "k"}]}`: "yes",
		`{"store": [{}]}`: "no",
		`{}`: "no",
		`{"store": "x"}`: "no",
	} {
		plan := make.plan([{"address": "aws_sagemaker_feature_group.g", "values": json.unmarshal(values)}])
		required.verdict(plan.facts.resources.aws_sagemaker_feature_group[0], rule) == answer with input as plan
	}
}

_message(resource) := required.finding(_endpoint(resource), _rule).message

_judged(resource) := [] if {
	_verdict(resource) == "yes"
} else := [{"finding": finding.code, "path": finding.path}] if {
	_verdict(resource) == "no"
	finding := required.finding(_endpoint(resource), _rule)
	finding.resource == "google_vertex_ai_endpoint.e"
	startswith(finding.message, "the endpoint is public")
} else := [{"undetermined": entry.path}] if {
	_verdict(resource) == "untold"
	entry := required.entry(_endpoint(resource), _rule)
	entry.resource == "google_vertex_ai_endpoint.e"
}

_verdict(resource) := answer if {
	answer := required.verdict(_endpoint(resource), _rule) with input as _plan(resource)
}

_endpoint(resource) := _plan(resource).facts.resources.google_vertex_ai_endpoint[0]

_plan(resource) := make.plan([
	object.union({"address": "google_vertex_ai_endpoint.e"}, resource),
	{"address": "google_compute_network.n"},
	{"address": "google_compute_address.a"},
])

_rule := {
	"code": "public",
	"message": "the endpoint is public",
	"any": [
		{"path": "public", "values": {false}},
		{"path": "network.name", "text": true, "origins": {"google_compute_network"}},
		{"path": "subnets", "texts": true, "origins": {"google_compute_network"}},
	],
}
