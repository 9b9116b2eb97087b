package policyctl.controls.security.no_public_network_test

import data.policyctl.controls.security.no_public_network as control
import data.policyctl.testing.terraform as make

test_a_private_resource_of_each_type_passes if {
	every type, values in _private {
		_codes({"address": _address(type), "values": values}) == set()
		_untold({"address": _address(type), "values": values}) == 0
		control.resources == {_address(type)} with input as make.plan([{"address": _address(type), "values": values}])
	}
}

test_a_public_resource_of_each_type_fails if {
	every type, cases in _public {
		every values in cases {
			count(_codes({"address": _address(type), "values": values})) > 0
		}
	}
}

test_a_resource_of_each_type_that_says_nothing_fails if {
	every type, _ in _private {
		count(_codes({"address": _address(type)})) > 0
	}
}

test_the_same_types_are_tested_in_both_ways if {
	object.keys(_private) == object.keys(_public)
}

test_a_notebook_with_a_value_of_a_wrong_type_fails if {
	every value in ["", "disabled", "Enabled", null, 0, false, ["Disabled"], [], {}] {
		_codes({"address": "aws_sagemaker_notebook_instance.n", "values": {"direct_internet_access": value}}) == {"direct_internet"}
	}
}

test_a_switch_that_is_the_text_false_fails if {
	_codes({
		"address": "azurerm_cognitive_account.a",
		"values": {"public_network_access_enabled": "false"},
	}) == {"public_access"}
}

test_a_value_that_only_the_provider_sets_fails if {
	_codes({"address": "aws_sagemaker_domain.d", "computed": ["app_network_access_type"]}) == {"direct_internet"}
}

test_a_value_that_is_known_after_apply_or_masked_is_undetermined if {
	every state in ["unknown", "masked"] {
		resource := {"address": "aws_sagemaker_domain.d", state: ["app_network_access_type"]}
		_codes(resource) == set()
		_untold(resource) == 1
	}
}

test_an_endpoint_in_a_network_of_the_same_plan_passes if {
	endpoint := {
		"address": "google_vertex_ai_endpoint.e",
		"unknown": ["network"],
		"references": {"network": ["google_compute_network.n.id"]},
	}
	plan := make.plan([endpoint, {"address": "google_compute_network.n"}])
	control.findings == set() with input as plan
	control.undetermined == set() with input as plan
}

test_an_endpoint_in_a_network_that_nobody_knows_is_undetermined if {
	_untold({"address": "google_vertex_ai_endpoint.e", "unknown": ["network"]}) == 1
}

test_private_service_connect_that_is_off_is_no_network if {
	_codes({
		"address": "google_vertex_ai_endpoint.e",
		"values": {"network": "", "private_service_connect_config": [{"enable_private_service_connect": false}]},
	}) == {"public_endpoint"}
}

test_a_cluster_with_private_nodes_and_public_ssh_fails if {
	_codes({
		"address": "azurerm_machine_learning_compute_cluster.c",
		"values": {"node_public_ip_enabled": false, "ssh_public_access_enabled": true},
	}) == {"public_ssh"}
}

test_a_deleted_notebook_is_not_looked_at if {
	plan := make.plan([{"address": "aws_sagemaker_notebook_instance.n", "action": "delete"}])
	control.resources == set() with input as plan
	control.findings == set() with input as plan
}

test_other_resources_are_not_looked_at if {
	control.resources == set() with input as make.plan([{"address": "aws_s3_bucket.b"}])
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "public_access",
		"resource": "azurerm_cognitive_account.a",
		"message": "the account is reachable from the public internet: false",
		"path": ["values", "public_network_access_enabled"],
	}} with input as make.plan([{
		"address": "azurerm_cognitive_account.a",
		"values": {"public_network_access_enabled": "false"},
	}])
	control.findings == {{
		"code": "public_endpoint",
		"resource": "google_vertex_ai_endpoint.e",
		"message": "the endpoint is public: neither a peered network nor private service connect is set",
		"path": ["values", "private_service_connect_config", 0, "enable_private_service_connect"],
	}} with input as make.plan([{
		"address": "google_vertex_ai_endpoint.e",
		"values": {"network": "", "private_service_connect_config": [{"enable_private_service_connect": false}]},
	}])
	control.findings == {{
		"code": "direct_internet",
		"resource": "aws_sagemaker_notebook_instance.n",
		"message": "the notebook has direct internet access: 0",
		"path": ["values", "direct_internet_access"],
	}} with input as make.plan([{"address": "aws_sagemaker_notebook_instance.n", "values": {"direct_internet_access": 0}}])
	control.findings == {{
		"code": "direct_internet",
		"resource": "aws_sagemaker_domain.d",
		"message": "the domain's apps do not send their traffic through the VPC only",
		"path": ["values", "app_network_access_type"],
	}} with input as make.plan([{"address": "aws_sagemaker_domain.d", "computed": ["app_network_access_type"]}])
	control.findings == {{
		"code": "public_ssh",
		"resource": "azurerm_machine_learning_compute_cluster.c",
		"message": "the cluster's nodes accept SSH from the public internet",
		"path": ["values", "ssh_public_access_enabled"],
	}} with input as make.plan([{
		"address": "azurerm_machine_learning_compute_cluster.c",
		"values": {"node_public_ip_enabled": false, "ssh_public_access_enabled": true},
	}])
}

_private := {
	"aws_sagemaker_notebook_instance": {"direct_internet_access": "Disabled"},
	"aws_sagemaker_domain": {"app_network_access_type": "VpcOnly"},
	"azurerm_machine_learning_workspace": {"public_network_access_enabled": false},
	"azurerm_cognitive_account": {"public_network_access_enabled": false},
	"azurerm_search_service": {"public_network_access_enabled": false},
	"azurerm_databricks_workspace": {"public_network_access_enabled": false},
	"azurerm_ai_services": {"public_network_access": "Disabled"},
	"azurerm_ai_foundry": {"public_network_access": "Disabled"},
	"azurerm_machine_learning_compute_instance": {"node_public_ip_enabled": false},
	"azurerm_machine_learning_compute_cluster": {"node_public_ip_enabled": false, "ssh_public_access_enabled": false},
	"google_workbench_instance": {"gce_setup": [{"disable_public_ip": true}]},
	"google_notebooks_instance": {"no_public_ip": true},
	"google_notebooks_runtime": {"virtual_machine": [{"virtual_machine_config": [{"internal_ip_only": true}]}]},
	"google_colab_runtime_template": {"network_spec": [{"enable_internet_access": false}]},
	"google_vertex_ai_endpoint": {"network": "projects/1/global/networks/n"},
	"google_vertex_ai_index_endpoint": {"private_service_connect_config": [{"enable_private_service_connect": true}]},
	"google_vertex_ai_endpoint_with_model_garden_deployment": {"endpoint_config": [{"private_service_connect_config": [{"enable_private_service_connect": true}]}]},
}

_public := {
	"aws_sagemaker_notebook_instance": [{"direct_internet_access": "Enabled"}],
	"aws_sagemaker_domain": [{"app_network_access_type": "PublicInternetOnly"}],
	"azurerm_machine_learning_workspace": [{"public_network_access_enabled": true}],
	"azurerm_cognitive_account": [{"public_network_access_enabled": true}],
	"azurerm_search_service": [{"public_network_access_enabled": true}],
	"azurerm_databricks_workspace": [{"public_network_access_enabled": true}],
	"azurerm_ai_services": [{"public_network_access": "Enabled"}],
	"azurerm_ai_foundry": [{"public_network_access": "Enabled"}],
	"azurerm_machine_learning_compute_instance": [{"node_public_ip_enabled": true}],
	"azurerm_machine_learning_compute_cluster": [
		{"node_public_ip_enabled": true, "ssh_public_access_enabled": false},
		{"node_public_ip_enabled": false, "ssh_public_access_enabled": true},
	],
	"google_workbench_instance": [{"gce_setup": [{"disable_public_ip": false}]}, {"gce_setup": []}, {"gce_setup": [{}]}],
	"google_notebooks_instance": [{"no_public_ip": false}],
	"google_notebooks_runtime": [{"virtual_machine": [{"virtual_machine_config": [{"internal_ip_only": false}]}]}],
	"google_colab_runtime_template": [{"network_spec": [{"enable_internet_access": true}]}],
	"google_vertex_ai_endpoint": [
		{"network": null},
		{"private_service_connect_config": [{"enable_private_service_connect": false}]},
	],
	"google_vertex_ai_index_endpoint": [{"public_endpoint_enabled": true}],
	"google_vertex_ai_endpoint_with_model_garden_deployment": [{"endpoint_config": [{"private_service_connect_config": []}]}],
}

_address(type) := concat(".", [type, "x"])

_codes(resource) := {f.code | some f in control.findings with input as make.plan([resource])}

_untold(resource) := number if {
	number := count(control.undetermined) with input as make.plan([resource])
}
