# METADATA
# scope: package
# description: |
#   Which project, folder or organisation roles a plan grants to the service accounts of Google's AI resources. No control logic.
#   Attribute names are those of hashicorp/google 6 to 8.
package policyctl.lib.google_grants

import data.policyctl.lib.settings
import data.policyctl.lib.terraform

# METADATA
# description: |
#   Each grant of a role to such an account, or to one that may be: {"resource", "path", "certain", "codes", "told"}, as those of AWS; the
#   code is "full_access".
grants contains {
	"resource": binding.address,
	"path": "role",
	"certain": relation == "certain",
	"codes": {"full_access" | _answer(binding) == "broad"},
	"told": _answer(binding) != "untold",
} if {
	some type, path in _bindings
	some binding in terraform.planned(type)
	relation := _relation(binding, path)
	relation != "none"
}

_bindings := {
	"google_project_iam_member": "member",
	"google_project_iam_binding": "members",
	"google_folder_iam_member": "member",
	"google_folder_iam_binding": "members",
	"google_organization_iam_member": "member",
	"google_organization_iam_binding": "members",
}

_answer(binding) := "broad" if {
	settings.one_of(binding, "role", {"roles/owner", "roles/editor"}) == "yes"
} else := settings.text(binding, "role") if {
	settings.text(binding, "role") != "no"
} else := "untold"

# Whose account it is: of an AI resource, perhaps of one, or of something else.
_relation(binding, path) := "certain" if {
	some member in _members(binding, path)
	_of_ai(member)
} else := "certain" if {
	count(_accounts_named(binding, path) & _accounts) > 0
} else := "none" if {
	_all_others(binding, path)
} else := "perhaps"

# Google's own accounts for its AI services, and accounts by the address that AI resources name.
_of_ai(member) if {
	some service in _services
	contains(member, service)
}

_of_ai(member) if trim_prefix(member, "serviceAccount:") in _addresses

_services := {"@gcp-sa-aiplatform", "@gcp-sa-notebooks", "@gcp-sa-discoveryengine", "@gcp-sa-dialogflow"}

# Everyone is known: people, or accounts of this plan that no AI resource uses.
_all_others(binding, path) if {
	count(_members(binding, path)) > 0
	every member in _members(binding, path) {
		_is_a_person(member)
	}
	count(_untold_members(binding, path)) == 0
}

_all_others(binding, path) if {
	count(_users_untold) == 0
	named := _accounts_named(binding, path)
	count(named) > 0
	count(named) == count(object.get(binding.references, path, []))
}

_is_a_person(member) if {
	some kind in ["user:", "group:", "domain:", "principal:", "principalSet:"]
	startswith(member, kind)
}

_members(binding, path) := {member | some member in _listed(terraform.value(binding, path)); is_string(member)}

_untold_members(binding, path) := {member | some member in _listed(terraform.value(binding, path)); not is_string(member)}

_listed(value) := value if is_array(value)

_listed(value) := [value] if not is_array(value)

_accounts_named(binding, path) := terraform.origins(binding, path, {"google_service_account"})

_accounts := {address | some [user, path] in _users; some address in _accounts_named(user, path)}

_addresses := {text |
	some [user, path] in _users
	some place in terraform.places(user, path)
	settings.text(user, place) == "yes"
	text := terraform.value(user, place)
}

# An AI resource whose account the plan does not tell.
_users_untold := {user.address |
	some [user, path] in _users
	some place in terraform.places(user, path)
	settings.text(user, place) == "untold"
	count(_accounts_named(user, path)) == 0
}

_users contains [user, path] if {
	some type, path in _attributes
	some user in terraform.planned(type)
}

_attributes := {
	"google_notebooks_instance": "service_account",
	"google_vertex_ai_reasoning_engine": "spec.service_account",
	"google_workbench_instance": "gce_setup.service_accounts.email",
}
