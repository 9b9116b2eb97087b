package policyctl.lib.iam_policy_test

import data.policyctl.lib.iam_policy
import data.policyctl.testing.terraform as make

test_all_actions_are_too_many if {
	every action in ["*", "*:*", "*:Get*", ["s3:GetObject", "*"], "S*:Get"] {
		_breadth({"Effect": "Allow", "Action": action, "Resource": "arn:aws:s3:::a"}) == {"any_action"}
	}
	_breadth({"Effect": "Allow", "NotAction": "iam:*", "Resource": "arn:aws:s3:::a"}) == {"any_action"}
}

test_a_whole_service_on_all_resources_is_too_much if {
	every resource in ["*", ["arn:aws:s3:::a", "*"], "arn:aws:s3:::*", "arn:aws:bedrock:eu-west-1:1:*", "arn:aws:logs:*:*:*"] {
		_breadth({"Effect": "Allow", "Action": "s3:*", "Resource": resource}) == {"service_wide"}
	}
	_breadth({"Effect": "Allow", "Action": "S3:*", "NotResource": "arn:aws:s3:::a"}) == {"service_wide"}
}

test_a_whole_service_on_named_resources_is_not if {
	every resource in ["arn:aws:s3:::a/*", "arn:aws:bedrock:eu-west-1:1:agent/*", ["arn:aws:s3:::a"]] {
		_breadth({"Effect": "Allow", "Action": "s3:*", "Resource": resource}) == set()
	}
}

test_some_actions_on_all_resources_are_not_too_many if {
	_breadth({"Effect": "Allow", "Action": ["s3:Get*", "ecr:GetAuthorizationToken"], "Resource": "*"}) == set()
}

test_passing_any_role_is_too_much_without_a_condition if {
	_breadth({"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}) == {"pass_any_role"}
	_breadth({"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {}}) == {"pass_any_role"}
	_breadth({"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::1:role/x"}) == set()
	_breadth({"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "x"}}}) == set()
}

test_what_is_denied_is_not_allowed if {
	_breadth({"Effect": "Deny", "Action": "*", "Resource": "*"}) == set()
	not _untold({"Effect": "Deny"})
}

test_a_statement_without_effect_counts_as_allowing if {
	_breadth({"Action": "*", "Resource": "*"}) == {"any_action"}
}

test_a_single_statement_is_read_like_a_list if {
	_policy(`{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`).statements[0].actions == {"*"}
}

test_text_that_is_no_policy_tells_nothing if {
	every text in ["", "x", "{", "[]", "1", `{"Statement": 1}`, `{"Statement": [1]}`, `{}`, `"x"`, 5, null, [], {"Statement": []}] {
		_policy(text) == {"told": false, "statements": []}
	}
}

test_statements_without_actions_or_resources_are_untold if {
	_untold({"Effect": "Allow", "Resource": "*"})
	_untold({"Effect": "Allow", "Action": 5, "Resource": "*"})
	_untold({"Effect": "Allow", "Action": ["s3:Get", 5], "Resource": "*"})
	_untold({"Effect": "Allow", "Action": [], "Resource": "*"})
	_untold({"Effect": "Allow", "Action": "s3:*"})
	_untold({"Effect": "Allow", "Action": "iam:PassRole"})
	not _untold({"Effect": "Allow", "Action": "s3:GetObject"})
	not _untold({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
	not _untold({"Effect": "Allow", "NotAction": "s3:*", "NotResource": "x"})
}

test_principals_are_services_or_anyone if {
	_statement({"Principal": {"Service": "sagemaker.amazonaws.com"}}).services == {"sagemaker.amazonaws.com"}
	_statement({"Principal": {"Service": ["a.amazonaws.com", "b.amazonaws.com"]}}).services == {"a.amazonaws.com", "b.amazonaws.com"}
	every principal in ["*", {"AWS": "*"}, {"AWS": ["arn:aws:iam::1:root", "*"]}] {
		_statement({"Principal": principal}).anyone == true
		_statement({"Principal": principal}).principals_told == true
	}
	_statement({"NotPrincipal": {"AWS": "arn:aws:iam::1:root"}}).anyone == true
	_statement({"Principal": {"AWS": "arn:aws:iam::1:root"}}).anyone == false
	every principal in [5, null, {}, "x", {"Service": 5}] {
		_statement({"Principal": principal}).principals_told == false
	}
}

test_a_condition_is_a_map_with_something_in_it if {
	_statement({"Condition": {"Bool": {}}}).conditional == true
	every condition in [{}, null, "x", [1]] {
		_statement({"Condition": condition}).conditional == false
	}
}

test_a_policy_that_is_masked_or_not_there_tells_nothing if {
	every resource in [{}, {"masked": ["policy"], "values": {"policy": ""}}, {"computed": ["policy"]}, {"unknown": ["policy"]}] {
		_of([object.union({"address": "aws_iam_role_policy.p"}, resource)]) == {"told": false, "statements": []}
	}
}

test_a_document_read_later_shows_its_blocks if {
	policy := _deferred(
		{"statement": [{
			"actions": ["S3:GetObject"],
			"effect": null,
			"not_actions": null,
			"not_resources": null,
			"resources": ["*"],
			"principals": [{"type": "Service", "identifiers": ["sagemaker.amazonaws.com"]}],
			"not_principals": [],
			"condition": [],
		}]},
		{},
	)
	policy.told == true
	policy.statements == [{
		"allows": true,
		"actions": {"s3:getobject"},
		"actions_told": true,
		"but_actions": false,
		"resources": {"*"},
		"resources_told": true,
		"but_resources": false,
		"conditional": false,
		"anyone": false,
		"services": {"sagemaker.amazonaws.com"},
		"principals_told": true,
	}]
}

test_negations_in_blocks_are_seen if {
	policy := _deferred(
		{"statement": [{
			"effect": "Allow",
			"not_actions": ["iam:*"],
			"not_resources": ["x"],
			"not_principals": [{"type": "AWS", "identifiers": ["x"]}],
			"condition": [{"test": "Bool"}],
		}]},
		{},
	)
	some statement in policy.statements
	[statement.but_actions, statement.but_resources, statement.anyone, statement.conditional] == [true, true, true, true]
	[statement.actions_told, statement.resources_told, statement.principals_told] == [true, true, false]
}

test_a_block_that_denies_does_not_allow if {
	policy := _deferred({"statement": [{"effect": "Deny", "actions": ["*"]}]}, {})
	policy.statements[0].allows == false
}

test_an_element_known_after_apply_is_untold if {
	statement := {"actions": ["kms:Decrypt"], "resources": [null], "principals": [{"type": "AWS", "identifiers": [null]}]}
	read := _deferred({"statement": [statement]}, {"unknown": ["statement.0.resources.0"]}).statements[0]
	read.actions_told == true
	read.resources_told == false
	read.principals_told == false
	open := _deferred({"statement": [{"actions": ["a:b"]}]}, {"unknown": ["statement.0.actions"]}).statements[0]
	open.actions_told == false
}

test_a_federated_principal_need_not_be_known if {
	statement := {"principals": [{"type": "Federated", "identifiers": [null]}]}
	_deferred({"statement": [statement]}, {}).statements[0].principals_told == true
	every principals in [[], null, "x", [{"type": 1, "identifiers": ["x"]}], [{"type": "AWS", "identifiers": []}]] {
		_deferred({"statement": [{"principals": principals}]}, {}).statements[0].principals_told == false
	}
}

test_anyone_in_a_block_is_seen if {
	every type in ["AWS", "*"] {
		statement := {"principals": [{"type": type, "identifiers": ["*"]}]}
		_deferred({"statement": [statement]}, {}).statements[0].anyone == true
	}
}

test_a_document_into_which_others_are_merged_is_not_all_told if {
	statement := {"actions": ["s3:GetObject"], "resources": ["*"]}
	every name in ["source_policy_documents", "override_policy_documents"] {
		_deferred({"statement": [statement], name: ["{}"]}, {}).told == false
		_deferred({"statement": [statement], name: []}, {}).told == true
		_deferred({"statement": [statement]}, {"unknown": [name]}).told == false
	}
}

test_blocks_that_are_not_known_are_not_told if {
	_deferred({"statement": []}, {"unknown": ["statement"]}).told == false
	every blocks in [null, "x", {}, 5] {
		_deferred({"statement": blocks}, {}).told == false
	}
	_deferred({}, {}).told == false
}

test_a_document_that_was_read_shows_its_text if {
	policy := _deferred({"json": `{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`}, {})
	policy.told == true
	policy.statements[0].actions == {"*"}
}

test_a_policy_that_other_things_than_documents_make_is_not_told if {
	_of([{"address": "aws_iam_role_policy.p", "unknown": ["policy"], "references": {"policy": ["local.policy"]}}]).told == false
	_of([
		{"address": "aws_iam_role_policy.p", "unknown": ["policy"], "references": {"policy": ["aws_kms_key.k.arn"]}},
		{"address": "aws_kms_key.k"},
	]).told == false
}

test_an_ambiguous_document_is_not_told if {
	plan := json.patch(_plan({"statement": []}, {}), [{
		"op": "add",
		"path": "/facts/resources/aws_iam_role_policy/0/references/policy/0/ambiguous",
		"value": true,
	}])
	policy := iam_policy.policy(plan.facts.resources.aws_iam_role_policy[0], "policy") with input as plan
	policy.told == false
}

_breadth(statement) := iam_policy.breadth(_statement(statement))

_untold(statement) if iam_policy.untold(_statement(statement))

_statement(statement) := _policy(json.marshal({"Statement": [statement]})).statements[0]

_policy(text) := _of([{"address": "aws_iam_role_policy.p", "values": {"policy": text}}])

_of(resources) := policy if {
	plan := make.plan(resources)
	policy := iam_policy.policy(plan.facts.resources.aws_iam_role_policy[0], "policy") with input as plan
}

_deferred(values, state) := policy if {
	plan := _plan(values, state)
	policy := iam_policy.policy(plan.facts.resources.aws_iam_role_policy[0], "policy") with input as plan
}

_plan(values, state) := make.plan([
	{
		"address": "aws_iam_role_policy.p",
		"unknown": ["policy"],
		"references": {"policy": ["aws_iam_policy_document.d.json"]},
	},
	object.union({"address": "aws_iam_policy_document.d", "mode": "data", "values": values, "computed": ["json"]}, _read(values, state)),
])

_read(values, state) := object.union(state, {"computed": []}) if values.json

_read(values, state) := state if not values.json
