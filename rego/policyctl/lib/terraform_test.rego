package policyctl.lib.terraform_test

import data.policyctl.lib.terraform
import data.policyctl.testing.terraform as make

test_planned_resources_are_those_that_are_created_changed_or_kept if {
	plan := make.plan([
		{"address": "aws_s3_bucket.a", "action": "create"},
		{"address": "aws_s3_bucket.b", "action": "update"},
		{"address": "aws_s3_bucket.c", "action": "replace"},
		{"address": "aws_s3_bucket.d", "action": "no-op"},
		{"address": "aws_s3_bucket.e", "action": "delete"},
		{"address": "aws_s3_bucket.f", "action": "forget"},
		{"address": "aws_s3_bucket.g", "mode": "data", "action": "read"},
	])
	{r.address | some r in terraform.planned("aws_s3_bucket")} == {
		"aws_s3_bucket.a",
		"aws_s3_bucket.b",
		"aws_s3_bucket.c",
		"aws_s3_bucket.d",
	} with input as plan
	{r.address | some r in terraform.read("aws_s3_bucket")} == {"aws_s3_bucket.g"} with input as plan
	{r.address | some r in terraform.deleted("aws_s3_bucket")} == {"aws_s3_bucket.e"} with input as plan
}

test_a_type_that_the_plan_does_not_hold_has_no_resources if {
	plan := make.plan([{"address": "aws_s3_bucket.a"}])
	terraform.planned("aws_kms_key") == set() with input as plan
	terraform.read("aws_kms_key") == set() with input as plan
}

test_a_resource_without_action_or_mode_is_planned if {
	whole := make.plan([{"address": "aws_s3_bucket.a"}])
	every key in ["action", "mode"] {
		broken := json.patch(whole, [{"op": "remove", "path": sprintf("/facts/resources/aws_s3_bucket/0/%s", [key])}])
		count(terraform.planned("aws_s3_bucket")) == 1 with input as broken
	}
}

test_each_state_has_its_name if {
	resource := {
		"values": {
			"known": 0,
			"no": false,
			"null": null,
			"text": "",
			"list": [],
			"map": {},
			"secret": "",
			"deep": [{"known": "x", "null": null}],
		},
		"unknown": ["later", "whole"],
		"computed": ["theirs"],
		"masked": ["secret"],
	}
	states := {path: terraform.state(resource, path) |
		some path in [
			"known", "no", "null", "text", "list", "map", "secret", "later", "whole.0.inner", "theirs", "nothing",
			"deep.0.known", "deep.0.null", "deep.1.known", "known.below",
		]
	}
	states == {
		"known": "known",
		"no": "known",
		"null": "null",
		"text": "empty",
		"list": "empty",
		"map": "empty",
		"secret": "masked",
		"later": "unknown",
		"whole.0.inner": "unknown",
		"theirs": "computed",
		"nothing": "absent",
		"deep.0.known": "known",
		"deep.0.null": "null",
		"deep.1.known": "absent",
		"known.below": "absent",
	}
}

test_a_path_whose_name_only_begins_like_an_unknown_one_is_not_unknown if {
	resource := {"values": {}, "unknown": ["kms"], "computed": [], "masked": []}
	terraform.state(resource, "kms_key") == "absent"
}

test_values_of_a_wrong_type_are_absent if {
	every values in [null, "x", 1, true, ["x"]] {
		terraform.state({"values": values}, "a.0.b") == "absent"
	}
	terraform.state({}, "a") == "absent"
}

test_a_value_is_found_by_its_dotted_path if {
	resource := {"values": {"block": [{"inner": [{"key": "a"}, {"key": "b"}]}], "map": {"x": 1}}}
	terraform.value(resource, "block.0.inner.1.key") == "b"
	terraform.value(resource, "map.x") == 1
	terraform.value(resource, "block.1.inner") == {"absent": true}
}

test_places_have_an_index_for_each_block if {
	resource := {"values": {"a": [{"b": [{"c": []}, {"c": [{}, {}]}]}, {"b": []}]}}
	terraform.places(resource, "key") == {"key"}
	terraform.places(resource, "a.key") == {"a.0.key", "a.1.key"}
	terraform.places(resource, "a.b.key") == {"a.0.b.0.key", "a.0.b.1.key", "a.1.b.0.key"}
	terraform.places(resource, "a.b.c.key") == {
		"a.0.b.0.c.0.key",
		"a.0.b.1.c.0.key",
		"a.0.b.1.c.1.key",
		"a.1.b.0.c.0.key",
	}
}

test_a_block_that_is_not_there_has_its_first_place if {
	every values in [{}, {"a": null}, {"a": []}, {"a": "x"}] {
		terraform.places({"values": values}, "a.key") == {"a.0.key"}
	}
}

test_a_map_or_a_singly_nested_block_has_no_index if {
	terraform.places({"values": {"a": {"key": 1}}}, "a.key") == {"a.key"}
	terraform.places({"values": {"a": [{"map": {"x-y": "1"}}]}}, "a.map.x-y") == {"a.0.map.x-y"}
	terraform.places({"values": {"a": {}}}, "a.key") == {"a.key"}
}

test_sources_are_the_planned_resources_that_are_named if {
	plan := make.plan([
		_reader(["aws_kms_key.a.arn", "aws_s3_bucket.b.id", "local.key"]),
		{"address": "aws_kms_key.a"},
		{"address": "aws_s3_bucket.b"},
	])
	_sources(plan, {"aws_kms_key"}) == {"aws_kms_key.a"}
	_sources(plan, {"aws_kms_key", "aws_s3_bucket"}) == {"aws_kms_key.a", "aws_s3_bucket.b"}
	_sources(plan, {"aws_sns_topic"}) == set()
	_origins(plan, {"aws_kms_key"}) == {"aws_kms_key.a"}
}

test_a_deleted_source_is_no_source if {
	plan := make.plan([_reader(["aws_kms_key.a.arn"]), {"address": "aws_kms_key.a", "action": "delete"}])
	_sources(plan, {"aws_kms_key"}) == set()
	_origins(plan, {"aws_kms_key"}) == set()
}

test_an_ambiguous_source_is_an_origin_only if {
	plan := json.patch(make.plan([_reader(["aws_kms_key.a.arn"]), {"address": "aws_kms_key.a"}]), [{
		"op": "add",
		"path": "/facts/resources/aws_sagemaker_domain/0/references/kms_key_id/0/ambiguous",
		"value": true,
	}])
	_sources(plan, {"aws_kms_key"}) == set()
	_origins(plan, {"aws_kms_key"}) == {"aws_kms_key.a"}
}

test_a_path_that_names_nothing_has_no_sources if {
	plan := make.plan([_reader(["aws_kms_key.a.arn"]), {"address": "aws_kms_key.a"}])
	{s | some s in terraform.sources(_first(plan, "aws_sagemaker_domain"), "other", {"aws_kms_key"})} == set() with input as plan
}

test_referring_resources_name_this_one_at_one_of_the_paths if {
	plan := make.plan([
		{"address": "aws_s3_bucket.a"},
		{"address": "aws_s3_bucket_policy.p", "references": {"bucket": ["aws_s3_bucket.a.id"]}},
		{"address": "aws_s3_bucket_policy.q", "references": {"policy": ["aws_s3_bucket.a.arn"]}},
		{"address": "aws_s3_bucket_acl.r", "references": {"bucket": ["aws_s3_bucket.a.id"]}},
		{"address": "aws_s3_bucket_policy.s", "action": "delete", "references": {"bucket": ["aws_s3_bucket.a.id"]}},
	])
	_referring(plan, {"aws_s3_bucket_policy"}, {"bucket"}) == {"aws_s3_bucket_policy.p"}
	_referring(plan, {"aws_s3_bucket_policy", "aws_s3_bucket_acl"}, {"bucket", "policy"}) == {
		"aws_s3_bucket_policy.p",
		"aws_s3_bucket_policy.q",
		"aws_s3_bucket_acl.r",
	}
	_perhaps(plan) == set()
}

test_an_ambiguous_referrer_only_perhaps_refers if {
	plan := json.patch(
		make.plan([
			{"address": "aws_s3_bucket.a"},
			{"address": "aws_s3_bucket_policy.p", "references": {"bucket": ["aws_s3_bucket.a.id"]}},
		]),
		[{"op": "add", "path": "/facts/referenced_by/aws_s3_bucket.a/0/ambiguous", "value": true}],
	)
	_referring(plan, {"aws_s3_bucket_policy"}, {"bucket"}) == set()
	_perhaps(plan) == {"aws_s3_bucket_policy.p"}
}

test_nobody_refers_to_a_resource_that_nobody_names if {
	plan := make.plan([{"address": "aws_s3_bucket.a"}])
	_referring(plan, {"aws_s3_bucket_policy"}, {"bucket"}) == set()
	_perhaps(plan) == set()
}

test_unattached_are_those_whose_target_the_plan_does_not_resolve if {
	plan := make.plan([
		{"address": "aws_s3_bucket.a"},
		{"address": "aws_s3_bucket_policy.nothing_named", "unknown": ["bucket"]},
		{"address": "aws_s3_bucket_policy.masked", "masked": ["bucket"]},
		{"address": "aws_s3_bucket_policy.a_local", "unknown": ["bucket"], "references": {"bucket": ["local.bucket"]}},
		{"address": "aws_s3_bucket_policy.resolved", "unknown": ["bucket"], "references": {"bucket": ["aws_s3_bucket.a.id"]}},
		{"address": "aws_s3_bucket_policy.known", "values": {"bucket": "b"}},
		{"address": "aws_s3_bucket_policy.known_local", "values": {"bucket": "b"}, "references": {"bucket": ["local.b"]}},
		{"address": "aws_s3_bucket_policy.gone", "unknown": ["bucket"], "action": "delete"},
	])
	terraform.unattached({"aws_s3_bucket_policy"}, {"bucket"}) == {
		"aws_s3_bucket_policy.nothing_named",
		"aws_s3_bucket_policy.masked",
		"aws_s3_bucket_policy.a_local",
	} with input as plan
}

test_unattached_are_also_those_with_an_open_target_in_a_block if {
	plan := make.plan([
		{"address": "aws_x_link.first", "unknown": ["to.0.bucket"], "values": {"to": [{}]}},
		{"address": "aws_x_link.second", "masked": ["to.1.bucket"], "values": {"to": [{"bucket": "b"}, {"bucket": ""}]}},
		{"address": "aws_x_link.block", "unknown": ["to"]},
		{"address": "aws_x_link.part", "unknown": ["to.0.bucket.0"], "values": {"to": [{"bucket": [null]}]}},
		{"address": "aws_x_link.other", "unknown": ["to.0.bucket_name"], "values": {"to": [{"bucket": "b"}]}},
		{"address": "aws_x_link.known", "values": {"to": [{"bucket": "b"}]}},
	])
	terraform.unattached({"aws_x_link"}, {"to.bucket"}) == {
		"aws_x_link.first",
		"aws_x_link.second",
		"aws_x_link.block",
		"aws_x_link.part",
	} with input as plan
}

_reader(sources) := {"address": "aws_sagemaker_domain.d", "references": {"kms_key_id": sources}}

_first(plan, type) := plan.facts.resources[type][0]

_sources(plan, types) := {s.address |
	some s in terraform.sources(_first(plan, "aws_sagemaker_domain"), "kms_key_id", types) with input as plan
}

_origins(plan, types) := found if {
	found := terraform.origins(_first(plan, "aws_sagemaker_domain"), "kms_key_id", types) with input as plan
}

_referring(plan, types, paths) := {s.address |
	some s in terraform.referring(_first(plan, "aws_s3_bucket"), types, paths) with input as plan
}

_perhaps(plan) := found if {
	found := terraform.perhaps_referring(_first(plan, "aws_s3_bucket"), {"aws_s3_bucket_policy"}, {"bucket"}) with input as plan
}

test_what_only_the_provider_sets_counts_as_not_set if {
	terraform.not_set == {"absent", "null", "empty", "computed"}
}

test_a_plain_path_has_no_indexes if {
	terraform.plain("a.0.b.12.c") == "a.b.c"
	terraform.plain("kms_key") == "kms_key"
}
