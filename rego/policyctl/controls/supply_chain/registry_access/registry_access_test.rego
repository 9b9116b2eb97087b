package policyctl.controls.supply_chain.registry_access_test

import data.policyctl.controls.supply_chain.registry_access as control
import data.policyctl.testing.terraform

test_a_repository_policy_for_known_accounts_passes if {
	ours := {"AWS": "arn:aws:iam::111122223333:root"}
	found := decided([ecr([{"Effect": "Allow", "Principal": ours, "Action": "ecr:*"}])])
	found.resources == {"aws_ecr_repository_policy.a"}
	clean(found)
}

test_a_repository_policy_for_everybody_fails if {
	codes([ecr([{"Effect": "Allow", "Principal": "*", "Action": ["ecr:*"]}])]) == {"public_registry"}
	whole := object.union(ecr([{"Effect": "Allow", "Principal": "*"}]), {"address": "aws_ecr_registry_policy.a"})
	codes([whole]) == {"public_registry"}
}

test_a_policy_that_is_not_shown_is_undetermined if {
	every broken in [null, "", "{", 7, {"Statement": []}, ["x"]] {
		undetermined([policy(broken)]) == {"aws_ecr_repository_policy.a"}
	}
	undetermined([{"address": "aws_ecr_repository_policy.a"}]) == {"aws_ecr_repository_policy.a"}
	every state in ["unknown", "masked"] {
		undetermined([object.union(policy(""), {state: ["policy"]})]) == {"aws_ecr_repository_policy.a"}
	}
}

test_google_members_must_be_known if {
	member := "google_artifact_registry_repository_iam_member.a"
	codes([{"address": member, "values": {"member": "allUsers"}}]) == {"public_registry"}
	clean(decided([{"address": member, "values": {"member": "group:ml@example.org"}}]))
	undetermined([{"address": member}]) == {member}
	binding := "google_artifact_registry_repository_iam_binding.a"
	codes([{"address": binding, "values": {"members": ["allAuthenticatedUsers"]}}]) == {"public_registry"}
	clean(decided([{"address": binding, "values": {"members": ["group:ml@example.org"]}}]))
	undetermined([{"address": binding, "values": {"members": []}}]) == {binding}
}

test_a_google_policy_is_read_by_its_bindings if {
	address := "google_artifact_registry_repository_iam_policy.a"
	codes([google_policy({"bindings": [{"members": ["user:a@example.org"]}, {"members": ["allUsers"]}]})]) == {"public_registry"}
	clean(decided([google_policy({"bindings": [{"members": ["user:a@example.org"]}]})]))
	every broken in [{}, {"bindings": []}, {"bindings": "allUsers"}, {"bindings": [{}]}, {"bindings": [{"members": [7]}]}, []] {
		undetermined([google_policy(broken)]) == {address}
	}
	every text in [null, "", "{", 7] {
		undetermined([{"address": address, "values": {"policy_data": text}}]) == {address}
	}
	undetermined([{"address": address, "unknown": ["policy_data"]}]) == {address}
}

test_a_repository_without_grants_is_looked_at_and_passes if {
	every address in ["aws_ecr_repository.a", "google_artifact_registry_repository.a"] {
		found := decided([{"address": address}])
		found.resources == {address}
		clean(found)
	}
}

test_an_azure_registry_must_say_that_nobody_pulls_anonymously if {
	codes([azure({"anonymous_pull_enabled": true})]) == {"public_registry"}
	clean(decided([azure({"anonymous_pull_enabled": false})]))
	every left in [null, "false", [], {}, 0] {
		undetermined([azure({"anonymous_pull_enabled": left})]) == {"azurerm_container_registry.a"}
	}
	undetermined([azure({})]) == {"azurerm_container_registry.a"}
}

test_a_repository_of_the_public_gallery_fails if {
	found := decided([{"address": "aws_ecrpublic_repository.a", "values": {"repository_name": "a"}}])
	{f.code | some f in found.findings} == {"public_registry"}
	found.resources == {"aws_ecrpublic_repository.a"}
}

test_a_deleted_policy_is_not_looked_at if {
	found := decided([object.union(ecr([{"Effect": "Allow", "Principal": "*"}]), {"action": "delete"})])
	found.resources == set()
	clean(found)
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "public_registry",
		"resource": "azurerm_container_registry.a",
		"message": "everybody may use the registry",
		"path": ["values", "anonymous_pull_enabled"],
	}} with input as terraform.plan([azure({"anonymous_pull_enabled": true})])
	control.findings == {{
		"code": "public_registry",
		"resource": "aws_ecrpublic_repository.a",
		"message": "everybody may use the registry",
		"path": ["values", "repository_name"],
	}} with input as terraform.plan([{"address": "aws_ecrpublic_repository.a", "values": {"repository_name": "a"}}])
	control.findings == {{
		"code": "public_registry",
		"resource": "aws_ecr_registry_policy.a",
		"message": "everybody may use the registry",
		"path": ["values", "policy"],
	}} with input as terraform.plan([object.union(ecr([{"Effect": "Allow", "Principal": "*"}]), {"address": "aws_ecr_registry_policy.a"})])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "aws_ecr_repository_policy.a",
		"path": ["values", "policy"],
		"reason": "the plan does not tell who may use the registry",
	}} with input as terraform.plan([policy(7)])
	control.undetermined == {{
		"resource": "google_artifact_registry_repository_iam_policy.a",
		"path": ["values", "policy_data"],
		"reason": "the plan does not tell who may use the registry",
	}} with input as terraform.plan([google_policy({})])
	control.undetermined == {{
		"resource": "google_artifact_registry_repository_iam_member.a",
		"path": ["values", "member"],
		"reason": "the plan does not tell who may use the registry",
	}} with input as terraform.plan([{"address": "google_artifact_registry_repository_iam_member.a"}])
	control.undetermined == {{
		"resource": "google_artifact_registry_repository_iam_binding.a",
		"path": ["values", "members"],
		"reason": "the plan does not tell who may use the registry",
	}} with input as terraform.plan([{"address": "google_artifact_registry_repository_iam_binding.a", "values": {"members": []}}])
}

ecr(statements) := policy(json.marshal({"Statement": statements}))

policy(text) := {"address": "aws_ecr_repository_policy.a", "values": {"policy": text}}

google_policy(content) := {
	"address": "google_artifact_registry_repository_iam_policy.a",
	"values": {"policy_data": json.marshal(content)},
}

azure(values) := {"address": "azurerm_container_registry.a", "values": values}

clean(found) if {
	found.findings == set()
	found.undetermined == set()
}

codes(resources) := {f.code | some f in decided(resources).findings}

undetermined(resources) := {u.resource | some u in decided(resources).undetermined}

decided(resources) := answer if {
	answer := {
		"resources": control.resources,
		"findings": control.findings,
		"undetermined": control.undetermined,
	} with input as terraform.plan(resources)
}
