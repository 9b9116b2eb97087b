# METADATA
# scope: package
# description: |
#   No credential stands in the environment of what serves models. Secrets are masked before anything is decided; that they are there is
#   known.
package policyctl.controls.security.no_secrets_in_environment

import data.policyctl.lib.environments
import data.policyctl.lib.secret_names

resources contains resource.address if some resource in environments.resources

# METADATA
# description: The plan marks the value as sensitive, or it looks like a credential.
findings contains _finding(variable.resource, variable.path, "masked_value", variable.name) if {
	some variable in environments.variables
	variable.state == "masked"
}

findings contains _finding(address, path, "masked_value", "all of them") if some [address, path] in environments.masked

# METADATA
# description: The name says that the text is a credential.
findings contains _finding(variable.resource, variable.path, "named_secret", variable.name) if {
	some variable in environments.variables
	variable.state == "known"
	secret_names.names_secret(variable.name) == true
	is_string(variable.value)
	secret_names.points_elsewhere(variable.value) == false
}

# METADATA
# description: The value known after apply is the content of a stored secret, copied into the environment.
findings contains _finding(variable.resource, variable.path, "copied_secret", variable.name) if {
	some variable in environments.variables
	_is_open_secret(variable)
	some source in variable.sources
	source.attribute in _contents[source.type]
}

# METADATA
# description: The name says that it is a credential, and what it holds is not known.
undetermined contains {"resource": variable.resource, "path": variable.path, "reason": "whether it holds a secret is not known"} if {
	some variable in environments.variables
	_is_open_secret(variable)
	not _all_addresses(variable)
}

# METADATA
# description: A credential's name without a text, and nothing that says where the text comes from.
undetermined contains {"resource": variable.resource, "path": variable.path, "reason": "where its value comes from is not shown"} if {
	some variable in environments.variables
	secret_names.names_secret(variable.name) == true
	variable.elsewhere == false
	_holds_no_text(variable)
}

# METADATA
# description: |
#   The content of a stored secret goes into the environment, and no variable with a secret's name says where. A parameter of SSM holds plain
#   settings as often as secrets.
undetermined contains {"resource": address, "path": path, "reason": "a stored secret is copied, and the plan does not show into which variable"} if {
	some [address, path, source] in environments.handed
	source.type != "aws_ssm_parameter"
	source.attribute in _contents[source.type]
	not address in _found
}

undetermined contains {"resource": address, "path": path, "reason": "the environment is not shown by this plan"} if {
	some [address, path] in environments.unread
}

# METADATA
# description: What is masked or not known is told in lists; without them an emptied value looks like none.
undetermined contains {"resource": resource.address, "path": ["values"], "reason": "what is masked or known after apply is not told"} if {
	some resource in environments.resources
	some list in ["masked", "unknown"]
	not is_array(object.get(resource, list, null))
}

_found contains finding.resource if some finding in findings

_is_open_secret(variable) if {
	variable.state == "unknown"
	secret_names.names_secret(variable.name) == true
}

_holds_no_text(variable) if variable.state in {"absent", "null", "empty", "computed"}

_holds_no_text(variable) if {
	variable.state == "known"
	value := variable.value
	not is_string(value)
}

# Addresses of stored secrets, which the program resolves itself.
_all_addresses(variable) if {
	named := [source | some source in variable.sources; source.type != ""]
	count(named) > 0
	count(named) == count(variable.sources)
	every source in named {
		source.attribute in _names[source.type]
	}
}

_contents := {
	"aws_secretsmanager_secret_version": {"secret_string", "secret_binary"},
	"aws_ssm_parameter": {"value", "insecure_value"},
	"azurerm_key_vault_secret": {"value"},
	"google_secret_manager_secret_version": {"secret_data"},
	"random_password": {"result"},
}

_names := {
	"aws_secretsmanager_secret": {"arn", "id", "name"},
	"aws_secretsmanager_secret_version": {"arn"},
	"aws_ssm_parameter": {"arn", "id", "name"},
	"azurerm_key_vault_secret": {"id", "name", "resource_id", "resource_versionless_id", "versionless_id"},
	"google_secret_manager_secret": {"id", "name", "secret_id"},
	"google_secret_manager_secret_version": {"id", "name"},
}

_finding(address, path, code, name) := {
	"code": code,
	"resource": address,
	"message": sprintf("an environment variable holds a secret (%s)", [name]),
	"path": path,
}
