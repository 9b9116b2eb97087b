# METADATA
# scope: package
# description: |
#   The roles that ML services and AI resources act in allow no more than a task needs, and not everyone may take them on.
package policyctl.controls.security.least_privilege_roles

import data.policyctl.lib.aws_grants
import data.policyctl.lib.azurerm_grants
import data.policyctl.lib.google_grants
import data.policyctl.lib.settings

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
		"message": _messages[code],
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
