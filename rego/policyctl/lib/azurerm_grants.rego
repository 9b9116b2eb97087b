# METADATA
# scope: package
# description: |
#   Which roles a plan assigns to the identities of Azure's AI resources. No control logic. Attribute names are those of
#   hashicorp/azurerm 4 and 5, role ids those of Azure's built-in roles.
package policyctl.lib.azurerm_grants

import data.policyctl.lib.settings
import data.policyctl.lib.terraform

# METADATA
# description: |
#   Each role assignment that is, or may be, for such an identity: {"resource", "path", "certain", "codes", "told"}, as those of AWS; the
#   code is "full_access".
grants contains {
	"resource": assignment.address,
	"path": "role_definition_name",
	"certain": relation == "certain",
	"codes": {"full_access" | _answer(assignment) == "broad"},
	"told": _answer(assignment) != "untold",
} if {
	some assignment in terraform.planned("azurerm_role_assignment")
	relation := _relation(assignment)
	relation != "none"
}

_answer(assignment) := "broad" if {
	lower(_text(assignment, "role_definition_name")) in {"owner", "contributor", "user access administrator"}
} else := "broad" if {
	some id in _ids
	contains(lower(_text(assignment, "role_definition_id")), id)
} else := "narrow" if {
	some path in ["role_definition_name", "role_definition_id"]
	settings.text(assignment, path) == "yes"
} else := "untold"

# Owner, Contributor, User Access Administrator.
_ids := {
	"8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
	"b24988ac-6180-42a0-ab88-20f7382dd24c",
	"18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
}

_text(assignment, path) := text if {
	settings.text(assignment, path) == "yes"
	text := terraform.value(assignment, path)
} else := ""

# Whose identity it is: of an AI resource, perhaps of one, or of something else.
_relation(assignment) := "certain" if {
	some reference in _principals(assignment)
	_of_ai(reference)
} else := "none" if {
	count(_principals(assignment)) > 0
	every reference in _principals(assignment) {
		_of_something_else(reference)
	}
} else := "none" if {
	_text(assignment, "principal_type") in {"User", "Group"}
} else := "perhaps"

_principals(assignment) := object.get(assignment.references, "principal_id", [])

_of_ai(reference) if reference.type in _ai

_of_ai(reference) if reference.address in _identities

_of_something_else(reference) if {
	type := reference.type
	not type in {"", "azurerm_user_assigned_identity"}
	not type in _ai
}

_of_something_else(reference) if {
	reference.type == "azurerm_user_assigned_identity"
	reference.address in _other_identities
}

# Identities that AI resources use. Where one of these does not tell which, any may be.
_identities := {address |
	some user in _users
	some path in _paths
	some address in terraform.origins(user, path, {"azurerm_user_assigned_identity"})
}

_other_identities := {address |
	some identity in terraform.planned("azurerm_user_assigned_identity")
	address := identity.address
	not address in _identities
} if {
	count(_untold_users) == 0
} else := set()

_users := {user | some type in _ai; some user in terraform.planned(type)}

# A user-assigned identity that the plan does not name. No provider computes them: a block that a plan shows as computed is a dynamic one.
_untold_users := {user.address |
	some user in _users
	some place in terraform.places(user, "identity.identity_ids")
	count(terraform.origins(user, "identity.identity_ids", {"azurerm_user_assigned_identity"})) == 0
	not terraform.state(user, place) in {"absent", "null", "empty"}
}

_paths := ["identity.identity_ids", "primary_user_assigned_identity"]

_ai := {
	"azurerm_ai_foundry",
	"azurerm_ai_foundry_project",
	"azurerm_ai_services",
	"azurerm_cognitive_account",
	"azurerm_cognitive_account_project",
	"azurerm_machine_learning_compute_cluster",
	"azurerm_machine_learning_compute_instance",
	"azurerm_machine_learning_inference_cluster",
	"azurerm_machine_learning_synapse_spark",
	"azurerm_machine_learning_workspace",
	"azurerm_search_service",
}
