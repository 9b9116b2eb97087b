package policyctl.lib.aws_grants_test

import data.policyctl.lib.aws_grants
import data.policyctl.testing.terraform as make

test_a_narrow_policy_of_an_ml_role_is_told_and_allows_nothing_too_much if {
	_grants([_role, _inline(_narrow)])["aws_iam_role_policy.p"] == {"certain": true, "codes": set(), "told": true}
}

test_a_broad_policy_of_an_ml_role_is_certain if {
	_grants([_role, _inline(_broad)])["aws_iam_role_policy.p"] == {"certain": true, "codes": {"any_action"}, "told": true}
}

test_a_role_of_something_else_is_not_looked_at if {
	_grants([_trusting("ec2.amazonaws.com"), _inline(_broad)]) == {}
	_grants([_trusting("sagemaker.example.com"), _inline(_broad)]) == {}
}

test_each_ml_service_makes_a_role_one_of_ml if {
	every service in ["sagemaker.amazonaws.com", "bedrock.amazonaws.com", "lexv2.amazonaws.com", "sagemaker.amazonaws.com.cn"] {
		_grants([_trusting(service), _inline(_broad)])["aws_iam_role_policy.p"].certain == true
	}
}

test_a_role_that_only_denies_ml_is_none_of_ml if {
	trust := json.marshal({"Statement": [{"Effect": "Deny", "Principal": {"Service": "sagemaker.amazonaws.com"}}]})
	_grants([_with_trust(trust), _inline(_broad)]) == {}
}

test_a_role_that_an_ml_resource_names_is_one_of_ml if {
	model := {
		"address": "aws_sagemaker_model.m",
		"unknown": ["execution_role_arn"],
		"references": {"execution_role_arn": ["aws_iam_role.r.arn"]},
	}
	_grants([model, _trusting("ec2.amazonaws.com"), _inline(_broad)])["aws_iam_role_policy.p"].certain == true
	named := {"address": "aws_sagemaker_model.m", "values": {"execution_role_arn": "arn:aws:iam::1:role/service/ml"}}
	_grants([named, _trusting("ec2.amazonaws.com"), _inline(_broad)])["aws_iam_role_policy.p"].certain == true
}

test_a_role_in_a_nested_block_is_found if {
	domain := {
		"address": "aws_sagemaker_domain.d",
		"values": {"default_user_settings": [{"execution_role": "arn:aws:iam::1:role/ml"}], "default_space_settings": []},
	}
	grants := _grants([domain, _trusting("ec2.amazonaws.com"), _inline(_broad)])
	grants["aws_iam_role_policy.p"].certain == true
	not "aws_sagemaker_domain.d" in object.keys(grants)
}

test_an_ml_resource_without_a_told_role_leaves_all_roles_open if {
	every model in [
		{},
		{"unknown": ["execution_role_arn"]},
		{"unknown": ["execution_role_arn"], "references": {"execution_role_arn": ["local.role"]}},
		{"values": {"execution_role_arn": null}},
		{"values": {"execution_role_arn": 5}},
		{"masked": ["execution_role_arn"]},
	] {
		grants := _grants([
			object.union({"address": "aws_sagemaker_model.m"}, model),
			_trusting("ec2.amazonaws.com"),
			_inline(_broad),
		])
		grants["aws_sagemaker_model.m"] == {"certain": true, "codes": set(), "told": false}
		grants["aws_iam_role_policy.p"] == {"certain": false, "codes": {"any_action"}, "told": true}
	}
}

test_an_ml_resource_with_a_role_from_elsewhere_leaves_none_open if {
	model := make.plan([{
		"address": "aws_sagemaker_model.m",
		"unknown": ["execution_role_arn"],
		"references": {"execution_role_arn": ["data.aws_iam_role.r.arn"]},
	}])
	plan := json.patch(model, [{
		"op": "replace",
		"path": "/facts/resources/aws_sagemaker_model/0/references/execution_role_arn/0/type",
		"value": "aws_iam_role",
	}])
	aws_grants.grants == set() with input as plan
}

test_an_optional_role_that_is_not_set_leaves_none_open if {
	_grants([{
		"address": "aws_bedrock_model_invocation_logging_configuration.l",
		"values": {"logging_config": [{"cloudwatch_config": [{"role_arn": null}]}]},
	}]) == {}
	_grants([{"address": "aws_sagemaker_user_profile.u", "values": {"user_settings": []}}]) == {}
}

test_an_optional_role_in_a_block_that_only_a_dynamic_one_can_make_is_not_told if {
	domain := {
		"address": "aws_sagemaker_domain.d",
		"values": {"default_user_settings": [{"execution_role": "arn:aws:iam::1:role/ml"}]},
		"computed": ["default_space_settings"],
	}
	_grants([domain])["aws_sagemaker_domain.d"].told == false
}

test_a_role_whose_trust_cannot_be_read_may_be_one_of_ml if {
	every trust in ["", "x", "{}", "[]", "5"] {
		grants := _grants([_with_trust(trust), _inline(_broad)])
		grants["aws_iam_role_policy.p"] == {"certain": false, "codes": {"any_action"}, "told": true}
		grants["aws_iam_role.r"].told == false
	}
}

test_a_trust_known_after_apply_is_told_by_its_policies_only if {
	role := {"address": "aws_iam_role.r", "unknown": ["assume_role_policy"], "computed": ["inline_policy", "managed_policy_arns"]}
	_grants([role, _inline_of("aws_iam_role.r", _broad)]) == {
		"aws_iam_role.r": {"certain": false, "codes": set(), "told": true},
		"aws_iam_role_policy.p": {"certain": false, "codes": {"any_action"}, "told": true},
	}
}

test_trust_in_anyone_is_open_without_a_condition if {
	trust := {"Effect": "Allow", "Principal": {"AWS": "*", "Service": "sagemaker.amazonaws.com"}}
	_grants([_with_trust(json.marshal({"Statement": [trust]}))])["aws_iam_role.r"].codes == {"open_trust"}
	with_condition := object.union(trust, {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}})
	_grants([_with_trust(json.marshal({"Statement": [with_condition]}))]) == {}
	denied := [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}}, {"Effect": "Deny", "Principal": "*"}]
	_grants([_with_trust(json.marshal({"Statement": denied}))]) == {}
}

test_managed_policies_of_full_access_are_seen if {
	every name in ["AmazonSageMakerFullAccess", "AdministratorAccess", "PowerUserAccess", "AWSLambda_FullAccess"] {
		_grants([_role, _attached(concat("", ["arn:aws:iam::aws:policy/", name]))])["aws_iam_role_policy_attachment.a"] == {
			"certain": true,
			"codes": {"full_access"},
			"told": true,
		}
	}
	_grants([_role, _attached("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")])["aws_iam_role_policy_attachment.a"].codes == set()
}

test_a_managed_policy_from_elsewhere_is_not_told if {
	_grants([_role, _attached("arn:aws:iam::1:policy/mine")])["aws_iam_role_policy_attachment.a"].told == false
	_grants([_role, _attached(null)])["aws_iam_role_policy_attachment.a"].told == false
}

test_a_managed_policy_of_the_same_plan_is_judged_by_what_it_says if {
	attachment := {
		"address": "aws_iam_role_policy_attachment.a",
		"values": {"role": "ml"},
		"unknown": ["policy_arn"],
		"references": {"policy_arn": ["aws_iam_policy.p.arn"]},
	}
	broad := {"address": "aws_iam_policy.p", "values": {"policy": _broad}}
	narrow := {"address": "aws_iam_policy.p", "values": {"policy": _narrow}}
	open := {"address": "aws_iam_policy.p", "unknown": ["policy"]}
	_grants([_role, attachment, broad])["aws_iam_role_policy_attachment.a"] == {"certain": true, "codes": {"any_action"}, "told": true}
	_grants([_role, attachment, narrow])["aws_iam_role_policy_attachment.a"] == {"certain": true, "codes": set(), "told": true}
	_grants([_role, attachment, open])["aws_iam_role_policy_attachment.a"] == {"certain": true, "codes": set(), "told": false}
}

test_an_attachment_to_several_roles_is_looked_at_when_one_is_of_ml if {
	attachment := {"address": "aws_iam_policy_attachment.a", "values": {
		"roles": ["other", "ml"],
		"policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess",
	}}
	_grants([_role, attachment])["aws_iam_policy_attachment.a"].certain == true
}

test_an_attachment_to_a_role_that_nobody_shows_is_not_certain if {
	attachment := {"address": "aws_iam_role_policy_attachment.a", "unknown": ["role"], "values": {"policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}}
	_grants([_role, attachment])["aws_iam_role_policy_attachment.a"].certain == false
}

test_an_attachment_to_the_role_outside_the_plan_that_a_model_uses_is_certain if {
	model := {"address": "aws_sagemaker_model.m", "values": {"execution_role_arn": "arn:aws:iam::1:role/outside"}}
	attachment := {"address": "aws_iam_role_policy_attachment.a", "values": {"role": "outside", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}}
	_grants([model, attachment])["aws_iam_role_policy_attachment.a"].certain == true
}

test_an_ambiguous_role_is_not_certain if {
	plan := json.patch(
		make.plan([
			{"address": "aws_sagemaker_model.m", "unknown": ["execution_role_arn"], "references": {"execution_role_arn": ["aws_iam_role.r.arn"]}},
			_trusting("ec2.amazonaws.com"),
			_inline(_broad),
		]),
		[{
			"op": "add",
			"path": "/facts/resources/aws_sagemaker_model/0/references/execution_role_arn/0/ambiguous",
			"value": true,
		}],
	)
	some grant in aws_grants.grants with input as plan
	grant.resource == "aws_iam_role_policy.p"
	grant.certain == false
}

test_policies_inside_a_role_are_read if {
	inside := object.union(_role, {"computed": [], "values": object.union(_role.values, {
		"inline_policy": [{"policy": _narrow}, {"policy": _broad}],
		"managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"],
	})})
	{[g.path, g.codes] | some g in aws_grants.grants; count(g.codes) > 0} == {
		["inline_policy.1.policy", {"any_action"}],
		["managed_policy_arns", {"full_access"}],
	} with input as make.plan([inside])
}

test_policies_inside_a_role_of_which_nothing_is_said_are_not_told if {
	silent := object.union(_role, {"computed": []})
	{g.path | some g in aws_grants.grants; not g.told} == {"inline_policy.0.policy", "managed_policy_arns"} with input as make.plan([silent])
	elsewhere := object.union(silent, {"values": object.union(_role.values, {
		"inline_policy": [],
		"managed_policy_arns": ["arn:aws:iam::1:policy/mine"],
	})})
	{g.path | some g in aws_grants.grants; not g.told} == {"managed_policy_arns"} with input as make.plan([elsewhere])
}

test_a_policy_of_models_for_everyone_is_open if {
	statement := {"Effect": "Allow", "Principal": "*", "Action": "sagemaker:*", "Resource": "*"}
	group := {"address": "aws_sagemaker_model_package_group_policy.g", "values": {"resource_policy": json.marshal({"Statement": [statement]})}}
	_grants([group])["aws_sagemaker_model_package_group_policy.g"].codes == {"open_policy"}
	_grants([object.union(group, {"values": {"resource_policy": "x"}})])["aws_sagemaker_model_package_group_policy.g"].told == false
}

test_statements_that_leave_something_open_are_not_told if {
	_grants([_role, _inline(`{"Statement": [{"Effect": "Allow", "Resource": "*"}]}`)])["aws_iam_role_policy.p"].told == false
}

test_a_deleted_policy_is_not_looked_at if {
	_grants([object.union(_role, {"action": "delete"}), object.union(_inline(_broad), {"action": "delete"})]) == {}
}

test_written_is_the_answer_of_one_policy if {
	plan := make.plan([_inline(_broad)])
	aws_grants.written(plan.facts.resources.aws_iam_role_policy[0], "policy") == {"codes": {"any_action"}, "told": true} with input as plan
}

test_the_role_of_a_function_that_an_agent_calls_is_one_of_ml if {
	function := {"address": "aws_lambda_function.f", "values": {"function_name": "refund", "role": "arn:aws:iam::1:role/ml"}}
	by_reference := {
		"address": "aws_bedrockagent_agent_action_group.g",
		"unknown": ["action_group_executor.0.lambda"],
		"references": {"action_group_executor.lambda": ["aws_lambda_function.f.arn"]},
	}
	by_name := {"address": "aws_bedrockagent_agent_action_group.g", "values": {"action_group_executor": [{"lambda": "arn:aws:lambda:eu-west-1:1:function:refund"}]}}
	every group in [by_reference, by_name] {
		_grants([group, function, _trusting("lambda.amazonaws.com"), _inline(_broad)])["aws_iam_role_policy.p"].certain == true
	}
	other := {"address": "aws_bedrockagent_agent_action_group.g", "values": {"action_group_executor": [{"lambda": "arn:aws:lambda:eu-west-1:1:function:other"}]}}
	_grants([other, function, _trusting("lambda.amazonaws.com"), _inline(_broad)]) == {}
}

_narrow := `{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"}]}`

_broad := `{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`

_role := _trusting("sagemaker.amazonaws.com")

_trusting(service) := _with_trust(json.marshal({"Statement": [{"Effect": "Allow", "Principal": {"Service": service}}]}))

_with_trust(text) := {
	"address": "aws_iam_role.r",
	"values": {"name": "ml", "assume_role_policy": text},
	"computed": ["inline_policy", "managed_policy_arns"],
}

_inline(text) := {"address": "aws_iam_role_policy.p", "values": {"role": "ml", "policy": text}}

_inline_of(role, text) := {
	"address": "aws_iam_role_policy.p",
	"values": {"policy": text},
	"unknown": ["role"],
	"references": {"role": [concat(".", [role, "id"])]},
}

_attached(arn) := {"address": "aws_iam_role_policy_attachment.a", "values": {"role": "ml", "policy_arn": arn}}

# What is said of each resource; roles whose trust is in order say nothing.
_grants(resources) := {grant.resource: object.remove(grant, ["resource", "path"]) |
	some grant in aws_grants.grants with input as make.plan(resources)
	_notable(grant)
}

_notable(grant) if grant.path != "assume_role_policy"

_notable(grant) if count(grant.codes) > 0

_notable(grant) if not grant.told

_notable(grant) if not grant.certain
