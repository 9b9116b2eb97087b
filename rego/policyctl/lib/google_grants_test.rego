package policyctl.lib.google_grants_test

import data.policyctl.lib.google_grants
import data.policyctl.testing.terraform as make

test_an_editor_role_for_an_ai_account_is_broad if {
	every role in ["roles/owner", "roles/editor"] {
		_grant([_member("serviceAccount:service-1@gcp-sa-aiplatform.iam.gserviceaccount.com", role)]) == {"certain": true, "codes": {"full_access"}, "told": true}
	}
}

test_another_role_for_an_ai_account_is_narrow if {
	_grant([_member("serviceAccount:service-1@gcp-sa-aiplatform.iam.gserviceaccount.com", "roles/storage.objectViewer")]) == {"certain": true, "codes": set(), "told": true}
}

test_a_role_that_is_not_known_is_not_told if {
	every role in ["", null, 5] {
		_grant([_member("serviceAccount:service-1@gcp-sa-notebooks.iam.gserviceaccount.com", role)]).told == false
	}
	_grant([{
		"address": "google_project_iam_member.m",
		"values": {"member": "serviceAccount:x@gcp-sa-aiplatform.iam.gserviceaccount.com"},
		"unknown": ["role"],
	}]).told == false
}

test_an_account_that_a_workbench_uses_is_certain if {
	_grant([_workbench, _account, _for("google_service_account.a")]).certain == true
	named := {"address": "google_workbench_instance.w", "values": {"gce_setup": [{"service_accounts": [{"email": "ml@p.iam.gserviceaccount.com"}]}]}}
	_grant([named, _member("serviceAccount:ml@p.iam.gserviceaccount.com", "roles/editor")]).certain == true
}

test_an_account_that_no_ai_resource_uses_is_not_looked_at if {
	_grants([_account, _for("google_service_account.a")]) == set()
}

test_an_account_may_be_used_where_a_workbench_does_not_tell_its_own if {
	hidden := {"address": "google_workbench_instance.w", "unknown": ["gce_setup.0.service_accounts"]}
	_grant([hidden, _account, _for("google_service_account.a")]).certain == false
}

test_people_are_not_looked_at if {
	every member in ["user:a@example.com", "group:g@example.com", "domain:example.com"] {
		_grants([_member(member, "roles/owner")]) == set()
	}
}

test_an_account_that_nobody_knows_is_not_certain if {
	_grant([_member("serviceAccount:x@p.iam.gserviceaccount.com", "roles/owner")]).certain == false
	every member in ["", null, 5, ["user:a", 5]] {
		_grant([_member(member, "roles/owner")]).certain == false
	}
	_grant([{"address": "google_project_iam_member.m", "unknown": ["member"], "values": {"role": "roles/owner"}}]).certain == false
}

test_a_binding_is_looked_at_when_one_member_is_of_ai if {
	binding := {"address": "google_project_iam_binding.m", "values": {
		"role": "roles/editor",
		"members": ["user:a@example.com", "serviceAccount:service-1@gcp-sa-dialogflow.iam.gserviceaccount.com"],
	}}
	_grant([binding]).certain == true
	_grants([object.union(binding, {"values": {"members": ["user:a@example.com"]}})]) == set()
}

test_a_deleted_binding_is_not_looked_at if {
	_grants([object.union(_member("allUsers", "roles/owner"), {"action": "delete"})]) == set()
}

_member(member, role) := {"address": "google_project_iam_member.m", "values": {"member": member, "role": role}}

_account := {"address": "google_service_account.a"}

_workbench := {
	"address": "google_workbench_instance.w",
	"unknown": ["gce_setup.0.service_accounts.0.email"],
	"references": {"gce_setup.service_accounts.email": ["google_service_account.a.email"]},
}

_for(account) := {
	"address": "google_project_iam_member.m",
	"values": {"role": "roles/editor"},
	"unknown": ["member"],
	"references": {"member": [concat(".", [account, "email"])]},
}

_grants(resources) := grants if {
	grants := google_grants.grants with input as make.plan(resources)
}

_grant(resources) := object.remove(grant, ["resource", "path"]) if {
	some grant in _grants(resources)
	grant.resource in {"google_project_iam_member.m", "google_project_iam_binding.m"}
}
