# METADATA
# scope: package
# description: |
#   What runs a model or trains one has no free way out to the network: it is isolated, or its traffic goes through a network of the
#   organisation's own. Attribute names are those of hashicorp/aws 5.100, hashicorp/azurerm 4 and 5, hashicorp/google 7 and 8.
package policyctl.controls.security.model_network_isolation

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
	"aws_sagemaker_model": [_rule("the model's containers", [
		{"path": "enable_network_isolation", "values": {true}},
		_subnets("vpc_config.subnets"),
	])],
	"aws_sagemaker_data_quality_job_definition": [_rule("the job's containers", [
		{"path": "network_config.enable_network_isolation", "values": {true}},
		_subnets("network_config.vpc_config.subnets"),
	])],
	"aws_bedrock_custom_model": [_rule("the training job", [_subnets("vpc_config.subnet_ids")])],
	"azurerm_machine_learning_workspace": [_managed],
	"azurerm_ai_foundry": [_managed],
	"google_vertex_ai_reasoning_engine": [_rule("the agent's code", [_attachment("spec.deployment_spec.psc_interface_config.network_attachment")])],
	"google_vertex_ai_persistent_resource": [_rule("training jobs", [
		{"path": "network", "text": true, "origins": {"google_compute_network"}},
		_attachment("psc_interface_config.network_attachment"),
	])],
}

_managed := _rule("what runs in the workspace", [{
	"path": "managed_network.isolation_mode",
	"values": {"AllowOnlyApprovedOutbound"},
}])

_subnets(path) := {"path": path, "texts": true, "origins": {"aws_subnet", "aws_default_subnet"}}

_attachment(path) := {"path": path, "text": true, "origins": {"google_compute_network_attachment"}}

_rule(what, alternatives) := {
	"code": "open_network",
	"message": sprintf("%s can reach any network", [what]),
	"any": alternatives,
}
