# METADATA
# scope: package
# description: |
#   The roles that ML services and AI resources act in allow no more than a task needs, and not everyone may take them on.
package policyctl.controls.security.least_privilege_roles

import data.policyctl.lib.aws_grants
import data.policyctl.lib.azurerm_grants
import data.policyctl.lib.google_grants
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains grant.resource if some grant in _grants

# METADATA
# description: A role that an AI resource or ML service certainly acts in allows too much.
findings contains finding if {
	some grant in _grants
	grant.certain
	some code in grant.codes

	finding := {
		"code": code,
		"resource": grant.resource,
		"message": concat("", [_messages[code], _named(grant, code)]),
		"path": settings.place(grant.path),
	}
}

# METADATA
# description: The plan does not show all that a role allows.
undetermined contains entry if {
	some grant in _grants
	not grant.told

	entry := {
		"resource": grant.resource,
		"path": settings.place(grant.path),
		"reason": "what the role of an AI resource allows is not known from this plan",
	}
}

# METADATA
# description: It allows too much, and the plan does not show whether an AI resource acts in it.
undetermined contains entry if {
	some grant in _grants
	not grant.certain
	count(grant.codes) > 0

	entry := {
		"resource": grant.resource,
		"path": settings.place(grant.path),
		"reason": "it allows more than a task needs, and whether an AI resource acts in it is not known from this plan",
	}
}

_grants := (aws_grants.grants | azurerm_grants.grants) | google_grants.grants

_messages := {
	"any_action": "the policy allows all actions, of any service or all but some",
	"service_wide": "the policy allows all actions of a service on all resources",
	"pass_any_role": "the policy allows to pass on any role, and so to act in it",
	"full_access": "the role is one of full access",
	"open_trust": "anyone may take on the role",
	"open_policy": "anyone may use the registered models",
}

# The policy or role that is one of full access, where the grant is a resource of its own.
_named(grant, "full_access") := settings.told(resource, grant.path) if {
	some type in _attachments
	some resource in terraform.planned(type)
	resource.address == grant.resource
} else := ""

_named(_, code) := "" if code != "full_access"

_attachments := {
	"aws_iam_policy_attachment",
	"aws_iam_role_policy_attachment",
	"azurerm_role_assignment",
	"google_folder_iam_binding",
	"google_folder_iam_member",
	"google_organization_iam_binding",
	"google_organization_iam_member",
	"google_project_iam_binding",
	"google_project_iam_member",
}
