package policyctl.controls.agents.action_groups_test

import data.policyctl.controls.agents.action_groups as control
import data.policyctl.testing.terraform as make

test_a_group_that_hands_over_to_a_function_of_the_plan_passes if {
	_status(_with_function({"values": {"action_group_executor": [{"lambda": "arn:aws:lambda:eu-west-1:1:function:f"}]}})) == "pass"
	control.resources == {"aws_bedrockagent_agent_action_group.g"} with input as _plan([_group({})])
}

test_a_function_that_is_not_in_the_plan_is_undetermined if {
	function := "arn:aws:lambda:eu-west-1:1:function:f"
	_status([_group({"action_group_executor": [{"custom_control": null, "lambda": function}]})]) == "undetermined"
	_status([
		object.union(_group({"action_group_executor": [{"lambda": function}]}), {"references": {"action_group_executor.lambda": ["aws_lambda_function.f.arn"]}}),
		{"address": "aws_lambda_function.f", "mode": "data", "action": "read"},
	]) == "undetermined"
}

test_a_group_that_returns_control_passes if {
	_status([_group({})]) == "pass"
}

test_a_group_that_skips_the_check_fails if {
	every value in [true, "false", 0, "", []] {
		_codes([_group({"skip_resource_in_use_check": value})]) == {"skips_use_check"}
		_status([_group({"skip_resource_in_use_check": value})]) == "fail"
	}
}

test_a_check_that_only_the_provider_sets_passes if {
	group := object.union(
		_without("skip_resource_in_use_check"),
		{"computed": ["skip_resource_in_use_check"]},
	)
	_status([group]) == "pass"
}

test_a_check_that_is_not_shown_is_undetermined if {
	_status([_without("skip_resource_in_use_check")]) == "undetermined"
	_status([_group({"skip_resource_in_use_check": null})]) == "undetermined"
	_status([object.union(_group({}), {"unknown": ["skip_resource_in_use_check"]})]) == "undetermined"
}

test_an_ability_that_the_profile_allows_passes if {
	_status([_group({"parent_action_group_signature": "AMAZON.UserInput", "action_group_executor": []})]) == "pass"
}

test_an_ability_that_the_profile_does_not_allow_fails if {
	every signature in ["AMAZON.CodeInterpreter", "ANTHROPIC.Bash", 5, ["AMAZON.UserInput"]] {
		_codes([_group({"parent_action_group_signature": signature, "action_group_executor": []})]) == {"ability_not_allowed"}
	}
}

test_without_the_parameter_no_ability_is_allowed if {
	plan := make.plan([_group({"parent_action_group_signature": "AMAZON.UserInput"})])
	{f.code | some f in control.findings} == {"ability_not_allowed"} with input as plan
}

test_an_ability_that_is_not_known_is_undetermined if {
	_status([object.union(_group({}), {"unknown": ["parent_action_group_signature"]})]) == "undetermined"
}

test_a_group_that_nothing_carries_out_fails if {
	every executor in [[], null, [{}], [{"lambda": ""}], [{"custom_control": "other"}], "x"] {
		_codes([_group({"action_group_executor": executor})]) == {"no_executor"}
	}
	_codes([_without("action_group_executor")]) == {"no_executor"}
}

test_a_function_of_the_same_plan_passes if {
	group := object.union(_without("action_group_executor"), {
		"unknown": ["action_group_executor.0.lambda"],
		"references": {"action_group_executor.lambda": ["aws_lambda_function.f.arn"]},
	})
	_status([group, {"address": "aws_lambda_function.f"}]) == "pass"
	_status([object.remove(group, ["references"])]) == "undetermined"
}

test_a_permission_for_one_agent_passes if {
	_status([_permission({"source_arn": "arn:aws:bedrock:eu-west-1:1:agent/A"}, {})]) == "pass"
	_status([_permission({"source_account": "111122223333"}, {})]) == "pass"
	_status([
		_permission({}, {"unknown": ["source_arn"], "references": {"source_arn": ["aws_bedrockagent_agent.a.agent_arn"]}}),
		{"address": "aws_bedrockagent_agent.a"},
	]) == "pass"
}

test_a_permission_is_looked_at if {
	control.resources == {"aws_lambda_permission.p"} with input as _plan([_permission({"source_account": "1"}, {})])
}

test_a_permission_for_any_agent_fails if {
	every principal in ["bedrock.amazonaws.com", "*", "bedrock.amazonaws.com.cn"] {
		_codes([_permission({"principal": principal, "source_arn": null}, {})]) == {"any_agent"}
		_codes([_permission({"principal": principal, "source_arn": ""}, {})]) == {"any_agent"}
	}
}

test_a_permission_whose_agent_is_not_known_is_undetermined if {
	_status([_permission({}, {"unknown": ["source_arn"]})]) == "undetermined"
}

test_a_permission_for_nobody_knows_whom_is_undetermined if {
	every principal in ["", null, 5] {
		_status([_permission({"principal": principal}, {})]) == "undetermined"
	}
	_status([_permission({"principal": null, "source_account": "1"}, {})]) == "pass"
}

test_a_permission_for_another_service_is_not_looked_at if {
	control.resources == set() with input as _plan([_permission({"principal": "events.amazonaws.com"}, {})])
}

test_a_deleted_group_is_not_looked_at if {
	control.resources == set() with input as _plan([object.union(_group({}), {"action": "delete"})])
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "any_agent",
		"resource": "aws_lambda_permission.p",
		"message": "any agent in any account may call the function",
		"path": ["values", "source_arn"],
	}} with input as _plan([_permission({"principal": "*", "source_arn": ""}, {})])
	control.findings == {{
		"code": "no_executor",
		"resource": "aws_bedrockagent_agent_action_group.g",
		"message": "nothing says what carries out the group's actions",
		"path": ["values", "action_group_executor"],
	}} with input as _plan([_without("action_group_executor")])
	control.findings == {{
		"code": "skips_use_check",
		"resource": "aws_bedrockagent_agent_action_group.g",
		"message": "the group can be deleted while an agent uses it",
		"path": ["values", "skip_resource_in_use_check"],
	}} with input as _plan([_group({"skip_resource_in_use_check": 0})])
	control.findings == {{
		"code": "ability_not_allowed",
		"resource": "aws_bedrockagent_agent_action_group.g",
		"message": "the agent has a built-in ability that is not allowed: AMAZON.UserInput",
		"path": ["values", "parent_action_group_signature"],
	}} with input as make.plan([_group({"parent_action_group_signature": "AMAZON.UserInput"})])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "aws_lambda_permission.p",
		"path": ["values", "source_arn"],
		"reason": "the plan does not show its value",
	}} with input as _plan([_permission({}, {"unknown": ["source_arn"]})])
	control.undetermined == {{
		"resource": "aws_bedrockagent_agent_action_group.g",
		"path": ["values", "action_group_executor", 0, "lambda"],
		"reason": "the function that carries out the actions is not in the plan",
	}} with input as _plan([_group({"action_group_executor": [{"custom_control": null, "lambda": "arn:aws:lambda:eu-west-1:1:function:f"}]})])
	control.undetermined == {{
		"resource": "aws_lambda_permission.p",
		"path": ["values", "principal"],
		"reason": "the plan does not show its value",
	}} with input as _plan([_permission({"principal": 5}, {})])
	control.undetermined == {{
		"resource": "aws_bedrockagent_agent_action_group.g",
		"path": ["values", "skip_resource_in_use_check"],
		"reason": "the plan does not show its value",
	}} with input as _plan([_without("skip_resource_in_use_check")])
	control.undetermined == {{
		"resource": "aws_bedrockagent_agent_action_group.g",
		"path": ["values", "action_group_executor"],
		"reason": "the plan does not show its value",
	}} with input as _plan([object.remove(
		object.union(_without("action_group_executor"), {
			"unknown": ["action_group_executor.0.lambda"],
			"references": {"action_group_executor.lambda": ["aws_lambda_function.f.arn"]},
		}),
		["references"],
	)])
}

_group(values) := {
	"address": "aws_bedrockagent_agent_action_group.g",
	"values": object.union(
		{
			"skip_resource_in_use_check": false,
			"parent_action_group_signature": null,
			"action_group_executor": [{"custom_control": "RETURN_CONTROL", "lambda": null}],
		},
		values,
	),
}

_with_function(changes) := [
	object.union_n([
		_without("action_group_executor"),
		{"references": {"action_group_executor.lambda": ["aws_lambda_function.f.arn"]}},
		changes,
	]),
	{"address": "aws_lambda_function.f"},
]

_without(key) := object.union(
	{"address": "aws_bedrockagent_agent_action_group.g"},
	{"values": object.remove(_group({}).values, [key])},
)

_permission(values, changes) := object.union(
	{"address": "aws_lambda_permission.p", "values": object.union({"principal": "bedrock.amazonaws.com"}, values)},
	changes,
)

_plan(resources) := make.plan_for(resources, {"agents": {"action_groups": {"allowed_abilities": ["AMAZON.UserInput"]}}})

_codes(resources) := {f.code | some f in control.findings with input as _plan(resources)}

_status(resources) := status if {
	plan := _plan(resources)
	failing := count(control.findings) with input as plan
	untold := count(control.undetermined) with input as plan
	status := _named(failing, untold)
}

_named(failing, untold) := "fail" if {
	failing > 0
} else := "undetermined" if {
	untold > 0
} else := "pass"
