# METADATA
# scope: package
# description: |
#   What the AWS roles of ML services may do, as far as a plan shows. No control logic. Attribute names are those of hashicorp/aws 5.100.
package policyctl.lib.aws_grants

import data.policyctl.lib.iam_policy
import data.policyctl.lib.terraform

# METADATA
# description: |
#   Each thing that says what such a role may do or who may use it: {"resource", "path", "certain", "codes", "told"}. `certain` is false
#   where the plan does not tell whether an ML service uses the role; `codes` says how too much is allowed: any_action, service_wide,
#   pass_any_role, full_access (a managed policy), open_trust, open_policy; `told` is false where the plan does not show all.
grants contains {
	"resource": role.address,
	"path": "assume_role_policy",
	"certain": role.address in _certain,
	"codes": {"open_trust" | some statement in _trust(role).statements; _open_to_anyone(statement)},
	"told": _trust_told(role),
} if {
	some role in _looked_at
}

grants contains {
	"resource": role.address,
	"path": path,
	"certain": role.address in _certain,
	"codes": policies.codes,
	"told": policies.told,
} if {
	some role in _looked_at
	some path in _own_policies(role)
	policies := _written(role, path)
}

grants contains {
	"resource": role.address,
	"path": "managed_policy_arns",
	"certain": role.address in _certain,
	"codes": {code | some answer in answers; some code in answer.codes},
	"told": _all_told(role, "managed_policy_arns", answers),
} if {
	some role in _looked_at
	terraform.state(role, "managed_policy_arns") != "computed"
	answers := [_managed(role, "managed_policy_arns", arn) | some arn in terraform.value(role, "managed_policy_arns")]
}

grants contains {
	"resource": policy.address,
	"path": "policy",
	"certain": relation == "certain",
	"codes": written.codes,
	"told": written.told,
} if {
	some policy in terraform.planned("aws_iam_role_policy")
	relation := _relation(policy, "role")
	relation != "none"
	written := _written(policy, "policy")
}

grants contains {
	"resource": attachment.address,
	"path": "policy_arn",
	"certain": relation == "certain",
	"codes": managed.codes,
	"told": managed.told,
} if {
	some type, path in {"aws_iam_role_policy_attachment": "role", "aws_iam_policy_attachment": "roles"}
	some attachment in terraform.planned(type)
	relation := _relation(attachment, path)
	relation != "none"
	managed := _managed(attachment, "policy_arn", terraform.value(attachment, "policy_arn"))
}

# Who may use registered models.
grants contains {
	"resource": group.address,
	"path": "resource_policy",
	"certain": true,
	"codes": {"open_policy" | some statement in policy.statements; _open_to_anyone(statement)},
	"told": _principals_shown(policy),
} if {
	some group in terraform.planned("aws_sagemaker_model_package_group_policy")
	policy := iam_policy.policy(group, "resource_policy")
}

# A resource of ML whose role the plan does not tell.
grants contains {"resource": user.address, "path": place, "certain": true, "codes": set(), "told": false} if {
	some [user, place] in _users_untold
}

# METADATA
# description: Planned roles that a resource certainly names at a path (without indexes), by reference or by name.
roles_of(resource, path) := {role.address | some role in terraform.sources(resource, path, {"aws_iam_role"})} | {address |
	some text in _texts(resource, path)
	parts := split(text, "/")
	some address in _by_name[parts[count(parts) - 1]]
}

# METADATA
# description: How a policy at a path of a resource allows too much, and whether the plan shows all of it.
written(resource, path) := _written(resource, path)

_written(resource, path) := {
	"codes": {code | some statement in policy.statements; some code in iam_policy.breadth(statement)},
	"told": _all_statements_told(policy),
} if {
	policy := iam_policy.policy(resource, path)
}

_all_statements_told(policy) if {
	policy.told
	every statement in policy.statements {
		not iam_policy.untold(statement)
	}
} else := false

# A managed policy: one of AWS is judged by its name, one of this plan by what it says.
_managed(_, _, arn) := {"codes": {"full_access" | _is_full_access(arn)}, "told": true} if {
	is_string(arn)
	contains(arn, ":iam::aws:policy/")
}

_managed(resource, path, arn) := {
	"codes": {code | some policy in policies; some code in _written(policy, "policy").codes},
	"told": _policies_told(policies),
} if {
	not _of_aws(arn)
	policies := terraform.sources(resource, path, {"aws_iam_policy"})
}

_of_aws(arn) if {
	is_string(arn)
	contains(arn, ":iam::aws:policy/")
}

_policies_told(policies) if {
	count(policies) > 0
	every policy in policies {
		_written(policy, "policy").told
	}
} else := false

_is_full_access(arn) if contains(arn, "FullAccess")

_is_full_access(arn) if {
	some name in ["/AdministratorAccess", "/PowerUserAccess", "/SystemAdministrator"]
	endswith(arn, name)
}

_all_told(role, path, answers) if {
	terraform.state(role, path) in {"known", "empty"}
	is_array(terraform.value(role, path))
	every answer in answers {
		answer.told
	}
} else := false

# The inline policies of a role; where the plan says nothing of them, the first place.
_own_policies(role) := set() if {
	terraform.state(role, "inline_policy") in {"computed", "empty"}
} else := terraform.places(role, "inline_policy.policy")

# Who may assume a role.
_trust(role) := iam_policy.policy(role, "assume_role_policy")

_open_to_anyone(statement) if {
	statement.allows
	statement.anyone
	not statement.conditional
}

# For a role of which only its trust would tell whether ML uses it, a trust that is known after apply is reported with its policies.
_trust_told(role) if {
	address := role.address
	not address in _certain
	terraform.state(role, "assume_role_policy") == "unknown"
} else := _trust_shown(role)

_trust_shown(role) := _principals_shown(_trust(role))

_principals_shown(policy) if {
	policy.told
	every statement in policy.statements {
		statement.principals_told
	}
} else := false

_serves_ml(role) if {
	some statement in _trust(role).statements
	statement.allows
	some service in statement.services
	contains(service, ".amazonaws.com")
	parts := split(service, ".")
	some part in parts
	part in _services
}

_services := {
	"bedrock", "bedrock-agentcore", "comprehend", "comprehendmedical", "forecast", "frauddetector", "kendra", "lex", "lexv2",
	"personalize", "polly", "qbusiness", "rekognition", "sagemaker", "textract", "transcribe",
}

# Which roles.
_roles := terraform.planned("aws_iam_role")

_looked_at := {role | some role in _roles; role.address in (_certain | _perhaps)}

_certain := {role.address | some role in _roles; _serves_ml(role)} | {address |
	some [user, path] in _users
	some address in roles_of(user, path)
}

_perhaps := _every_role | _ambiguous if count(_users_untold) > 0

_perhaps := {role.address | some role in _roles; _trust_shown(role) == false} | _ambiguous if count(_users_untold) == 0

_every_role := {role.address | some role in _roles}

_ambiguous := {address |
	some [user, path] in _users
	some address in terraform.origins(user, path, {"aws_iam_role"})
}

# Whether a policy belongs to a role of ML: "certain", "perhaps", "none".
_relation(resource, path) := "certain" if {
	count(roles_of(resource, path) & _certain) > 0
} else := "certain" if {
	some text in _texts(resource, path)
	parts := split(text, "/")
	parts[count(parts) - 1] in _names_used
} else := "perhaps" if {
	count((roles_of(resource, path) | terraform.origins(resource, path, {"aws_iam_role"})) & (_certain | _perhaps)) > 0
} else := "none" if {
	count(roles_of(resource, path)) > 0
} else := "perhaps"

# Names of roles outside this plan that resources of ML use.
_names_used := {parts[count(parts) - 1] |
	some [user, path] in _users
	some text in _texts(user, path)
	parts := split(text, "/")
}

# Made once as a whole: asked for a single name, the rule below would go through all roles each time.
_by_name := {name: addresses | some name, addresses in _named}

_named[name] contains role.address if {
	some role in _roles
	name := terraform.value(role, "name")
	is_string(name)
}

# The texts at a path, of blocks and of lists.
_texts(resource, path) := {text |
	some place in terraform.places(resource, path)
	terraform.state(resource, place) == "known"
	some text in _listed(terraform.value(resource, place))
	is_string(text)
}

_listed(value) := value if is_array(value)

_listed(value) := [value] if not is_array(value)

# Resources of ML that use a role, with the attribute that names it.
_users contains [user, path] if {
	some type, paths in _attributes
	some user in terraform.planned(type)
	some path in paths
}

# A function that carries out the actions of an agent.
_users contains [function, "role"] if {
	some group in terraform.planned("aws_bedrockagent_agent_action_group")
	some function in terraform.sources(group, "action_group_executor.lambda", {"aws_lambda_function"})
}

_users contains [function, "role"] if {
	some function in terraform.planned("aws_lambda_function")
	name := terraform.value(function, "function_name")
	is_string(name)
	name in _called
}

# Names of functions that agents call, from their ARNs.
_called contains parts[6] if {
	some group in terraform.planned("aws_bedrockagent_agent_action_group")
	some arn in _texts(group, "action_group_executor.lambda")
	parts := split(arn, ":")
	count(parts) > 6
}

_users_untold contains [user, place] if {
	some [user, path] in _users
	some place in terraform.places(user, path)
	not _optional(user, path, place)
	count(roles_of(user, path)) == 0
	count(_texts(user, path)) == 0
	not _elsewhere(user, path)
}

# An optional attribute, or one in a block that is not there. None of these blocks is the provider's to compute: one that a plan shows as
# computed is made by a dynamic block.
_optional(user, _, place) if {
	contains(place, ".")
	terraform.state(user, split(place, ".")[0]) in {"null", "empty"}
}

_optional(user, path, place) if {
	path in _may_be_absent
	terraform.state(user, place) in terraform.not_set
	terraform.state(user, split(place, ".")[0]) != "computed"
}

# A role that exists outside this plan is no change of this plan.
_elsewhere(user, path) if {
	some reference in object.get(user.references, path, [])
	reference.type == "aws_iam_role"
	contains(reference.address, "data.aws_iam_role.")
}

_may_be_absent := {"logging_config.cloudwatch_config.role_arn", "default_space_settings.execution_role"}

_attributes := {
	"aws_bedrock_custom_model": ["role_arn"],
	"aws_bedrock_model_invocation_logging_configuration": ["logging_config.cloudwatch_config.role_arn"],
	"aws_bedrockagent_agent": ["agent_resource_role_arn"],
	"aws_bedrockagent_knowledge_base": ["role_arn"],
	"aws_comprehend_document_classifier": ["data_access_role_arn"],
	"aws_comprehend_entity_recognizer": ["data_access_role_arn"],
	"aws_kendra_index": ["role_arn"],
	"aws_lexv2models_bot": ["role_arn"],
	"aws_qbusiness_application": ["iam_service_role_arn"],
	"aws_rekognition_stream_processor": ["role_arn"],
	"aws_sagemaker_data_quality_job_definition": ["role_arn"],
	"aws_sagemaker_domain": ["default_user_settings.execution_role", "default_space_settings.execution_role"],
	"aws_sagemaker_feature_group": ["role_arn"],
	"aws_sagemaker_flow_definition": ["role_arn"],
	"aws_sagemaker_image": ["role_arn"],
	"aws_sagemaker_mlflow_tracking_server": ["role_arn"],
	"aws_sagemaker_model": ["execution_role_arn"],
	"aws_sagemaker_notebook_instance": ["role_arn"],
	"aws_sagemaker_pipeline": ["role_arn"],
	"aws_sagemaker_user_profile": ["user_settings.execution_role"],
	"aws_transcribe_language_model": ["input_data_config.data_access_role_arn"],
}
