package policyctl.controls.security.model_network_isolation_test

import data.policyctl.controls.security.model_network_isolation as control
import data.policyctl.testing.terraform as make

test_an_isolated_resource_of_each_type_passes if {
	every type, cases in _isolated {
		every values in cases {
			_codes({"address": _address(type), "values": values}) == set()
			_untold({"address": _address(type), "values": values}) == 0
			control.resources == {_address(type)} with input as make.plan([{"address": _address(type), "values": values}])
		}
	}
}

test_an_open_resource_of_each_type_fails if {
	every type, _ in _isolated {
		every values in _open[type] {
			_codes({"address": _address(type), "values": values}) == {"open_network"}
		}
	}
}

test_a_resource_of_each_type_that_says_nothing_fails if {
	every type, _ in _isolated {
		_codes({"address": _address(type)}) == {"open_network"}
	}
}

test_isolation_must_be_the_value_true if {
	every value in ["true", 1, null, "", [true], false] {
		_codes({"address": "aws_sagemaker_model.m", "values": {"enable_network_isolation": value}}) == {"open_network"}
	}
}

test_a_model_in_a_subnet_of_the_same_plan_passes if {
	model := {
		"address": "aws_sagemaker_model.m",
		"unknown": ["vpc_config.0.subnets"],
		"references": {"vpc_config.subnets": ["aws_subnet.s.id"]},
	}
	plan := make.plan([model, {"address": "aws_subnet.s"}])
	control.findings == set() with input as plan
	control.undetermined == set() with input as plan
}

test_isolation_that_is_known_after_apply_is_undetermined if {
	every state in ["unknown", "masked"] {
		resource := {"address": "aws_sagemaker_model.m", state: ["enable_network_isolation"]}
		_codes(resource) == set()
		_untold(resource) == 1
	}
}

test_subnets_that_nobody_knows_are_undetermined if {
	_untold({"address": "aws_bedrock_custom_model.m", "unknown": ["vpc_config"]}) == 1
}

test_a_managed_network_that_only_the_provider_sets_fails if {
	_codes({"address": "azurerm_machine_learning_workspace.w", "computed": ["managed_network"]}) == {"open_network"}
}

test_a_deleted_model_is_not_looked_at if {
	control.resources == set() with input as make.plan([{"address": "aws_sagemaker_model.m", "action": "delete"}])
}

test_a_provider_without_such_a_thing_is_not_looked_at if {
	control.resources == set() with input as make.plan([{"address": "google_vertex_ai_endpoint.e"}])
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "open_network",
		"resource": "aws_sagemaker_model.m",
		"message": "the model's containers can reach any network: 1",
		"path": ["values", "enable_network_isolation"],
	}} with input as make.plan([{"address": "aws_sagemaker_model.m", "values": {"enable_network_isolation": 1}}])
	control.findings == {{
		"code": "open_network",
		"resource": "azurerm_machine_learning_workspace.w",
		"message": "what runs in the workspace can reach any network",
		"path": ["values", "managed_network", 0, "isolation_mode"],
	}} with input as make.plan([{"address": "azurerm_machine_learning_workspace.w", "computed": ["managed_network"]}])
}

_isolated := {
	"aws_sagemaker_model": [
		{"enable_network_isolation": true},
		{"enable_network_isolation": false, "vpc_config": [{"subnets": ["subnet-1"], "security_group_ids": ["sg-1"]}]},
	],
	"aws_sagemaker_data_quality_job_definition": [
		{"network_config": [{"enable_network_isolation": true, "vpc_config": []}]},
		{"network_config": [{"vpc_config": [{"subnets": ["subnet-1"]}]}]},
	],
	"aws_bedrock_custom_model": [{"vpc_config": [{"subnet_ids": ["subnet-1"]}]}],
	"azurerm_machine_learning_workspace": [{"managed_network": [{"isolation_mode": "AllowOnlyApprovedOutbound"}]}],
	"azurerm_ai_foundry": [{"managed_network": [{"isolation_mode": "AllowOnlyApprovedOutbound"}]}],
	"google_vertex_ai_reasoning_engine": [{"spec": [{"deployment_spec": [{"psc_interface_config": [{"network_attachment": "a"}]}]}]}],
	"google_vertex_ai_persistent_resource": [
		{"network": "projects/1/global/networks/n"},
		{"psc_interface_config": [{"network_attachment": "a"}]},
	],
}

_open := {
	"aws_sagemaker_model": [
		{"enable_network_isolation": false},
		{"enable_network_isolation": false, "vpc_config": [{"subnets": []}]},
		{"enable_network_isolation": null, "vpc_config": []},
	],
	"aws_sagemaker_data_quality_job_definition": [{"network_config": [{"enable_network_isolation": false}]}],
	"aws_bedrock_custom_model": [{"vpc_config": []}],
	"azurerm_machine_learning_workspace": [
		{"managed_network": [{"isolation_mode": "Disabled"}]},
		{"managed_network": [{"isolation_mode": "AllowInternetOutbound"}]},
	],
	"azurerm_ai_foundry": [{"managed_network": [{"isolation_mode": "AllowInternetOutbound"}]}],
	"google_vertex_ai_reasoning_engine": [{"spec": [{"deployment_spec": [{"psc_interface_config": []}]}]}],
	"google_vertex_ai_persistent_resource": [{"network": null, "psc_interface_config": []}],
}

_address(type) := concat(".", [type, "x"])

_codes(resource) := {f.code | some f in control.findings with input as make.plan([resource])}

_untold(resource) := number if {
	number := count(control.undetermined) with input as make.plan([resource])
}
