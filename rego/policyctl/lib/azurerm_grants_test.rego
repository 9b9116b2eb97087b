package policyctl.lib.azurerm_grants_test

import data.policyctl.lib.azurerm_grants
import data.policyctl.testing.terraform as make

test_an_owner_role_for_an_ai_resource_is_broad if {
	every name in ["Owner", "Contributor", "contributor", "User Access Administrator"] {
		_grant([_account, _assigned({"values": {"role_definition_name": name}})]) == {"certain": true, "codes": {"full_access"}, "told": true}
	}
	every id in ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "/subscriptions/1/roleDefinitions/B24988AC-6180-42a0-ab88-20f7382dd24c"] {
		_grant([_account, _assigned({"values": {"role_definition_id": id}})]).codes == {"full_access"}
	}
}

test_another_role_for_an_ai_resource_is_narrow if {
	_grant([_account, _assigned({"values": {"role_definition_name": "Storage Blob Data Reader"}})]) == {"certain": true, "codes": set(), "told": true}
	_grant([_account, _assigned({"values": {"role_definition_id": "/roleDefinitions/ba92f5b4"}})]).codes == set()
}

test_a_role_that_is_not_known_is_not_told if {
	every role in [{}, {"unknown": ["role_definition_name"]}, {"values": {"role_definition_name": 5}}, {"values": {"role_definition_name": ""}}] {
		_grant([_account, _assigned(role)]) == {"certain": true, "codes": set(), "told": false}
	}
}

test_an_identity_that_an_ai_resource_uses_is_certain if {
	_grant([_using("azurerm_user_assigned_identity.i"), _identity, _for("azurerm_user_assigned_identity.i")]).certain == true
}

test_an_identity_that_no_ai_resource_uses_is_not_looked_at if {
	_grants([_account, _identity, _for("azurerm_user_assigned_identity.i")]) == set()
}

test_an_identity_may_be_used_where_an_ai_resource_does_not_tell_its_own if {
	hidden := {"address": "azurerm_cognitive_account.a", "unknown": ["identity.0.identity_ids"], "values": {"identity": [{"type": "UserAssigned"}]}}
	_grant([hidden, _identity, _for("azurerm_user_assigned_identity.i")]).certain == false
	dynamic := {"address": "azurerm_cognitive_account.a", "computed": ["identity"]}
	_grant([dynamic, _identity, _for("azurerm_user_assigned_identity.i")]).certain == false
	literal := {"address": "azurerm_cognitive_account.a", "values": {"identity": [{"identity_ids": ["/i"]}]}}
	_grant([literal, _identity, _for("azurerm_user_assigned_identity.i")]).certain == false
}

test_the_identity_of_something_else_is_not_looked_at if {
	_grants([{"address": "azurerm_linux_web_app.w"}, _for("azurerm_linux_web_app.w")]) == set()
}

test_people_are_not_looked_at if {
	_grants([{"address": _address, "values": {"principal_id": "0", "principal_type": "Group", "role_definition_name": "Owner"}}]) == set()
}

test_a_principal_that_nobody_knows_is_not_certain if {
	every assignment in [{"values": {"principal_id": "0", "role_definition_name": "Owner"}}, {"unknown": ["principal_id"], "values": {"role_definition_name": "Owner"}}] {
		_grant([object.union({"address": _address}, assignment)]) == {"certain": false, "codes": {"full_access"}, "told": true}
	}
}

test_a_deleted_assignment_is_not_looked_at if {
	_grants([_account, _assigned({"action": "delete", "values": {"role_definition_name": "Owner"}})]) == set()
}

_address := "azurerm_role_assignment.r"

_account := {"address": "azurerm_cognitive_account.a"}

_identity := {"address": "azurerm_user_assigned_identity.i"}

_using(identity) := {
	"address": "azurerm_cognitive_account.a",
	"unknown": ["identity.0.identity_ids"],
	"references": {"identity.identity_ids": [concat(".", [identity, "id"])]},
}

_for(target) := {
	"address": _address,
	"unknown": ["principal_id"],
	"values": {"role_definition_name": "Owner"},
	"references": {"principal_id": [concat(".", [target, "principal_id"])]},
}

_assigned(role) := object.union(object.remove(_for("azurerm_cognitive_account.a"), ["values"]), role)

_grants(resources) := grants if {
	grants := azurerm_grants.grants with input as make.plan(resources)
}

_grant(resources) := object.remove(grant, ["resource", "path"]) if {
	some grant in _grants(resources)
	grant.resource == _address
}
