# METADATA
# scope: package
# description: |
#   What an agent may do is said, approved and bound to that agent. Attribute names are those of hashicorp/aws 5.100; neither azurerm nor
#   google has such a resource. What the functions may do that an agent calls is judged with the roles of AI resources.
package policyctl.controls.agents.action_groups

import data.policyctl.lib.required
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains group.address if some group in _groups

resources contains permission.address if some permission in _permissions

# METADATA
# description: An action group can be taken from under a running agent.
findings contains _finding(group, "skips_use_check", "the group can be deleted while an agent uses it", "skip_resource_in_use_check") if {
	some group in _groups
	terraform.state(group, "skip_resource_in_use_check") in {"known", "empty"}
	terraform.value(group, "skip_resource_in_use_check") != false
}

# METADATA
# description: A built-in ability, such as running code, that the profile does not allow.
findings contains _finding(group, "ability_not_allowed", message, "parent_action_group_signature") if {
	some group in _groups
	terraform.state(group, "parent_action_group_signature") == "known"
	not terraform.value(group, "parent_action_group_signature") in _allowed
	message := sprintf("the agent has a built-in ability that is not allowed%s", [settings.told(group, "parent_action_group_signature")])
}

# METADATA
# description: Neither a function, nor the calling application, nor a built-in ability is named.
findings contains _finding(group, "no_executor", "nothing says what carries out the group's actions", "action_group_executor") if {
	some group in _groups
	_has_no_ability(group)
	required.verdict(group, _executor) == "no"
}

# METADATA
# description: Every agent, in any account, may call the function.
findings contains _finding(permission, "any_agent", "any agent in any account may call the function", "source_arn") if {
	some permission in _permissions
	_principal(permission) in {"bedrock", "anyone"}
	required.verdict(permission, _source) == "no"
}

undetermined contains _entry(group, path) if {
	some group in _groups
	some path in ["skip_resource_in_use_check", "parent_action_group_signature"]
	terraform.state(group, path) in {"unknown", "masked"}
}

# METADATA
# description: A plan shows this switch, or that only the provider sets it.
undetermined contains _entry(group, "skip_resource_in_use_check") if {
	some group in _groups
	terraform.state(group, "skip_resource_in_use_check") in {"absent", "null"}
}

undetermined contains _entry(group, "action_group_executor") if {
	some group in _groups
	_has_no_ability(group)
	required.verdict(group, _executor) == "untold"
}

# METADATA
# description: A function that is not in the plan may do anything, and let anybody call it.
undetermined contains entry if {
	some group in _groups
	some place in terraform.places(group, _function)
	settings.text(group, place) == "yes"
	count(terraform.origins(group, _function, _functions)) == 0

	entry := {
		"resource": group.address,
		"path": settings.place(place),
		"reason": "the function that carries out the actions is not in the plan",
	}
}

undetermined contains _entry(permission, "source_arn") if {
	some permission in _permissions
	_principal(permission) in {"bedrock", "anyone"}
	required.verdict(permission, _source) == "untold"
}

undetermined contains _entry(permission, "principal") if {
	some permission in _permissions
	_principal(permission) == "untold"
	required.verdict(permission, _source) != "yes"
}

_groups := terraform.planned("aws_bedrockagent_agent_action_group")

# Permissions that let an agent call a function, or of which the plan does not tell whom they let.
_permissions := {permission |
	some permission in terraform.planned("aws_lambda_permission")
	_principal(permission) != "other"
}

_principal(permission) := "untold" if {
	settings.text(permission, "principal") != "yes"
} else := "bedrock" if {
	startswith(terraform.value(permission, "principal"), "bedrock.amazonaws.com")
} else := "anyone" if {
	terraform.value(permission, "principal") == "*"
} else := "other"

_has_no_ability(group) if terraform.state(group, "parent_action_group_signature") in terraform.not_set

_allowed := {signature | some signature in input.profile.parameters.agents.action_groups.allowed_abilities}

_executor := {"code": "no_executor", "message": "", "any": [
	{"path": "action_group_executor.custom_control", "values": {"RETURN_CONTROL"}},
	{"path": _function, "text": true, "origins": _functions},
]}

_function := "action_group_executor.lambda"

_functions := {"aws_lambda_alias", "aws_lambda_function"}

_source := {"code": "any_agent", "message": "", "any": [
	{"path": "source_arn", "text": true, "origins": {"aws_bedrockagent_agent", "aws_bedrockagent_agent_alias"}},
	{"path": "source_account", "text": true, "origins": {"aws_organizations_account"}},
]}

_finding(resource, code, message, path) := {
	"code": code,
	"resource": resource.address,
	"message": message,
	"path": ["values", path],
}

_entry(resource, path) := {
	"resource": resource.address,
	"path": ["values", path],
	"reason": "the plan does not show its value",
}
