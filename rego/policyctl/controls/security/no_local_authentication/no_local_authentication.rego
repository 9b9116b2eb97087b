# METADATA
# scope: package
# description: |
#   Nobody uses an AI service with a shared key, or a notebook as root: access goes through identities. Attribute names are those of
#   hashicorp/aws 5.100, hashicorp/azurerm 4 and 5, hashicorp/google 6 to 8; the metadata key is that of Vertex AI Workbench.
package policyctl.controls.security.no_local_authentication

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
	"aws_sagemaker_notebook_instance": [_root("root_access", {"Disabled"})],
	"azurerm_cognitive_account": [_keys("local_auth_enabled")],
	"azurerm_ai_services": [_keys("local_authentication_enabled")],
	"azurerm_search_service": [_keys("local_authentication_enabled")],
	"azurerm_bot_service_azure_bot": [_keys("local_authentication_enabled")],
	"azurerm_machine_learning_compute_instance": [_keys("local_auth_enabled")],
	"azurerm_machine_learning_compute_cluster": [_keys("local_auth_enabled")],
	"google_workbench_instance": [_root("gce_setup.metadata.notebook-disable-root", {"true", true})],
	"google_notebooks_instance": [_root("metadata.notebook-disable-root", {"true", true})],
}

_keys(path) := {
	"code": "shared_key",
	"message": "a shared key or local account opens it",
	"any": [{"path": path, "values": {false}}],
}

_root(path, good) := {
	"code": "root_access",
	"message": "users of the notebook are root on its machine",
	"any": [{"path": path, "values": good}],
}
