# METADATA
# scope: package
# description: |
#   Workbenches and AI services are not reachable from, and notebooks do not reach into, the public internet. Attribute names are those of
#   hashicorp/aws 5.100, hashicorp/azurerm 4 and 5, hashicorp/google 6 to 8.
package policyctl.controls.security.no_public_network

import data.policyctl.lib.required
import data.policyctl.lib.terraform

resources contains resource.address if some [resource, _] in _judged

# METADATA
# description: A setting is known not to be good, or nobody sets it.
findings contains required.finding(resource, rule) if {
	some [resource, rule] in _judged
	required.verdict(resource, rule) == "no"
}

# METADATA
# description: A setting is masked or known only after apply.
undetermined contains required.entry(resource, rule) if {
	some [resource, rule] in _judged
	required.verdict(resource, rule) == "untold"
}

_judged := [[resource, rule] |
	some type, rules in _required
	some resource in terraform.planned(type)
	some rule in rules
]

_required := {
	"aws_sagemaker_notebook_instance": [{
		"code": "direct_internet",
		"message": "the notebook has direct internet access",
		"any": [{"path": "direct_internet_access", "values": {"Disabled"}}],
	}],
	"aws_sagemaker_domain": [{
		"code": "direct_internet",
		"message": "the domain's apps do not send their traffic through the VPC only",
		"any": [{"path": "app_network_access_type", "values": {"VpcOnly"}}],
	}],
	"azurerm_machine_learning_workspace": [_switch("workspace", "public_network_access_enabled")],
	"azurerm_cognitive_account": [_switch("account", "public_network_access_enabled")],
	"azurerm_search_service": [_switch("search service", "public_network_access_enabled")],
	"azurerm_databricks_workspace": [_switch("workspace", "public_network_access_enabled")],
	"azurerm_ai_services": [_word("account", "public_network_access")],
	"azurerm_ai_foundry": [_word("hub", "public_network_access")],
	"azurerm_machine_learning_compute_instance": [_address("node_public_ip_enabled", false)],
	"azurerm_machine_learning_compute_cluster": [
		_address("node_public_ip_enabled", false),
		{
			"code": "public_ssh",
			"message": "the cluster's nodes accept SSH from the public internet",
			"any": [{"path": "ssh_public_access_enabled", "values": {false}}],
		},
	],
	"google_workbench_instance": [_address("gce_setup.disable_public_ip", true)],
	"google_notebooks_instance": [_address("no_public_ip", true)],
	"google_notebooks_runtime": [_address("virtual_machine.virtual_machine_config.internal_ip_only", true)],
	"google_colab_runtime_template": [{
		"code": "direct_internet",
		"message": "notebook runtimes have public internet access",
		"any": [{"path": "network_spec.enable_internet_access", "values": {false}}],
	}],
	"google_vertex_ai_endpoint": [_endpoint(_networks, "private_service_connect_config.enable_private_service_connect")],
	"google_vertex_ai_index_endpoint": [_endpoint(
		_networks,
		"private_service_connect_config.enable_private_service_connect",
	)],
	"google_vertex_ai_endpoint_with_model_garden_deployment": [_endpoint(
		set(),
		"endpoint_config.private_service_connect_config.enable_private_service_connect",
	)],
}

_switch(what, path) := {
	"code": "public_access",
	"message": sprintf("the %s is reachable from the public internet", [what]),
	"any": [{"path": path, "values": {false}}],
}

_word(what, path) := {
	"code": "public_access",
	"message": sprintf("the %s is reachable from the public internet", [what]),
	"any": [{"path": path, "values": {"Disabled"}}],
}

_address(path, good) := {
	"code": "public_address",
	"message": "its machines have public addresses",
	"any": [{"path": path, "values": {good}}],
}

_networks := {{"path": "network", "text": true, "origins": {"google_compute_network"}}}

_endpoint(networks, connect) := {
	"code": "public_endpoint",
	"message": "the endpoint is public: neither a peered network nor private service connect is set",
	"any": array.concat([{"path": connect, "values": {true}}], [network | some network in networks]),
}
