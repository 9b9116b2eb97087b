package policyctl.controls.security.least_privilege_roles_test

import data.policyctl.controls.security.least_privilege_roles as control
import data.policyctl.testing.terraform as make

test_a_narrow_role_passes if {
	plan := make.plan([_role, _policy(`{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"}]}`)])
	control.resources == {"aws_iam_role.r", "aws_iam_role_policy.p"} with input as plan
	control.findings == set() with input as plan
	control.undetermined == set() with input as plan
}

test_a_broad_role_fails_at_its_policy if {
	control.findings == {{
		"code": "any_action",
		"resource": "aws_iam_role_policy.p",
		"message": "the policy allows all actions, of any service or all but some",
		"path": ["values", "policy"],
	}} with input as make.plan([_role, _policy(_everything)])
}

test_a_policy_that_is_not_known_is_undetermined if {
	plan := make.plan([_role, {"address": "aws_iam_role_policy.p", "values": {"role": "ml"}, "unknown": ["policy"]}])
	control.findings == set() with input as plan
	{[u.resource, u.path] | some u in control.undetermined} == {["aws_iam_role_policy.p", ["values", "policy"]]} with input as plan
}

test_a_broad_policy_of_a_role_that_may_be_of_ml_is_undetermined if {
	role := object.union(_role, {"values": {"name": "ml", "assume_role_policy": ""}})
	plan := make.plan([role, _policy(_everything)])
	control.findings == set() with input as plan
	{u.resource | some u in control.undetermined} == {"aws_iam_role.r", "aws_iam_role_policy.p"} with input as plan
}

test_breaking_any_field_of_a_failing_plan_never_makes_it_pass if {
	plan := make.plan([_role, _policy(_everything)])
	every patch in _patches(plan) {
		broken := json.patch(plan, [patch])
		count(control.findings) + count(control.undetermined) > 0 with input as broken
	}
}

test_contributors_among_ai_identities_fail if {
	plan := make.plan([
		{"address": "azurerm_cognitive_account.a"},
		{
			"address": "azurerm_role_assignment.r",
			"values": {"role_definition_name": "Contributor"},
			"unknown": ["principal_id"],
			"references": {"principal_id": ["azurerm_cognitive_account.a.identity"]},
		},
	])
	{f.code | some f in control.findings} == {"full_access"} with input as plan
}

test_editors_among_ai_accounts_fail if {
	plan := make.plan([{"address": "google_project_iam_member.m", "values": {
		"role": "roles/editor",
		"member": "serviceAccount:service-1@gcp-sa-aiplatform.iam.gserviceaccount.com",
	}}])
	{f.code | some f in control.findings} == {"full_access"} with input as plan
}

test_every_code_has_its_message if {
	trust := json.marshal({"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*", "Service": "sagemaker.amazonaws.com"}}]})
	broad := json.marshal({"Statement": [
		{"Effect": "Allow", "Action": "*", "Resource": "*"},
		{"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
		{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"},
	]})
	group := {"address": "aws_sagemaker_model_package_group_policy.g", "values": {"resource_policy": json.marshal({"Statement": [{
		"Effect": "Allow",
		"Principal": "*",
	}]})}}
	attached := {"address": "aws_iam_role_policy_attachment.a", "values": {
		"role": "ml",
		"policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess",
	}}
	role := object.union(_role, {"values": {"name": "ml", "assume_role_policy": trust}})
	{f.code | some f in control.findings} == {
		"any_action",
		"service_wide",
		"pass_any_role",
		"full_access",
		"open_trust",
		"open_policy",
	} with input as make.plan([role, _policy(broad), group, attached])
}

test_a_plan_without_ai_is_not_looked_at if {
	control.resources == set() with input as make.plan([{"address": "aws_s3_bucket.b"}])
}

test_each_finding_is_told_in_full if {
	control.findings == {
		{
			"code": "any_action",
			"resource": "aws_iam_role_policy.p",
			"message": "the policy allows all actions, of any service or all but some",
			"path": ["values", "policy"],
		},
		{
			"code": "full_access",
			"resource": "aws_iam_role_policy_attachment.a",
			"message": "the role is one of full access: arn:aws:iam::aws:policy/AdministratorAccess",
			"path": ["values", "policy_arn"],
		},
		{
			"code": "open_policy",
			"resource": "aws_sagemaker_model_package_group_policy.g",
			"message": "anyone may use the registered models",
			"path": ["values", "resource_policy"],
		},
		{
			"code": "open_trust",
			"resource": "aws_iam_role.r",
			"message": "anyone may take on the role",
			"path": ["values", "assume_role_policy"],
		},
		{
			"code": "pass_any_role",
			"resource": "aws_iam_role_policy.p",
			"message": "the policy allows to pass on any role, and so to act in it",
			"path": ["values", "policy"],
		},
		{
			"code": "service_wide",
			"resource": "aws_iam_role_policy.p",
			"message": "the policy allows all actions of a service on all resources",
			"path": ["values", "policy"],
		},
	} with input as make.plan([
		object.union(_role, {"values": {"name": "ml", "assume_role_policy": json.marshal({"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*", "Service": "sagemaker.amazonaws.com"}}]})}}), _policy(json.marshal({"Statement": [
			{"Effect": "Allow", "Action": "*", "Resource": "*"},
			{"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
			{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"},
		]})),
		{"address": "aws_sagemaker_model_package_group_policy.g", "values": {"resource_policy": json.marshal({"Statement": [{
			"Effect": "Allow",
			"Principal": "*",
		}]})}},
		{"address": "aws_iam_role_policy_attachment.a", "values": {
			"role": "ml",
			"policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess",
		}},
	])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {
		{
			"resource": "aws_iam_role.r",
			"path": ["values", "assume_role_policy"],
			"reason": "what the role of an AI resource allows is not known from this plan",
		},
		{
			"resource": "aws_iam_role_policy.p",
			"path": ["values", "policy"],
			"reason": "it allows more than a task needs, and whether an AI resource acts in it is not known from this plan",
		},
	} with input as make.plan([object.union(_role, {"values": {"name": "ml", "assume_role_policy": ""}}), _policy(_everything)])
	control.undetermined == set() with input as make.plan([_role, _policy(_everything)])
}

# Each field of each resource, removed and emptied; which resource it is stays.
_patches(plan) := [patch |
	some type, listed in plan.facts.resources
	some key, _ in listed[0]
	not key in {"address", "type", "mode", "action", "provider", "module", "name"}
	pointer := sprintf("/facts/resources/%s/0/%s", [type, key])
	some patch in array.concat(
		[{"op": "remove", "path": pointer}],
		[{"op": "replace", "path": pointer, "value": value} | some value in _empty(key)],
	)
]

_empty("values") := [{}]

_empty("references") := [{}]

_empty(key) := [[]] if not key in {"values", "references"}

_everything := `{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`

_role := {
	"address": "aws_iam_role.r",
	"values": {"name": "ml", "assume_role_policy": `{"Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}}]}`},
	"computed": ["inline_policy", "managed_policy_arns"],
}

_policy(text) := {"address": "aws_iam_role_policy.p", "values": {"role": "ml", "policy": text}}

test_a_role_of_full_access_is_named if {
	every type, written in {
		"azurerm_role_assignment": ["role_definition_name", "Owner"],
		"google_project_iam_member": ["role", "roles/editor"],
		"google_project_iam_binding": ["role", "roles/owner"],
		"google_folder_iam_member": ["role", "roles/editor"],
		"google_folder_iam_binding": ["role", "roles/editor"],
		"google_organization_iam_member": ["role", "roles/editor"],
		"google_organization_iam_binding": ["role", "roles/owner"],
	} {
		[path, role] := written
		grant := {
			"address": sprintf("%s.g", [type]),
			"values": {path: role, "member": _of_google, "members": [_of_google]},
			"references": {"principal_id": ["azurerm_cognitive_account.a.identity"]},
		}
		plan := make.plan([grant, {"address": "azurerm_cognitive_account.a"}])
		{finding.message | some finding in control.findings} == {sprintf("the role is one of full access: %s", [role])} with input as plan
	}
}

test_each_grant_of_full_access_is_named_by_its_own_role if {
	plan := make.plan([
		{"address": "google_project_iam_member.a", "values": {"role": "roles/editor", "member": _of_google}},
		{"address": "google_project_iam_member.b", "values": {"role": "roles/owner", "member": _of_google}},
	])
	{finding.resource: finding.message | some finding in control.findings} == {
		"google_project_iam_member.a": "the role is one of full access: roles/editor",
		"google_project_iam_member.b": "the role is one of full access: roles/owner",
	} with input as plan
}

test_of_a_list_of_policies_none_is_named if {
	arns := ["arn:aws:iam::aws:policy/AdministratorAccess"]
	role := object.union(_role_of_full_access, {"values": object.union(_role_of_full_access.values, {"managed_policy_arns": arns})})
	{finding.message | some finding in control.findings} == {"the role is one of full access"} with input as make.plan([role])
}

_of_google := "serviceAccount:service-1@gcp-sa-aiplatform.iam.gserviceaccount.com"

_role_of_full_access := {
	"address": "aws_iam_role.full",
	"values": {"assume_role_policy": json.marshal({"Statement": [{
		"Effect": "Allow",
		"Action": "sts:AssumeRole",
		"Principal": {"Service": "sagemaker.amazonaws.com"},
	}]})},
	"computed": ["inline_policy"],
}
