package policyctl.controls.supply_chain.registry_immutability_test

import data.policyctl.controls.supply_chain.registry_immutability as control
import data.policyctl.testing.terraform

test_an_immutable_and_scanned_ecr_repository_passes if {
	found := decided([ecr({})])
	found.resources == {"aws_ecr_repository.a"}
	clean(found)
}

test_tags_that_can_be_moved_fail if {
	every value in ["MUTABLE", "IMMUTABLE_WITH_EXCLUSION", "immutable", "", null, true, ["IMMUTABLE"]] {
		codes([ecr({"image_tag_mutability": value})]) == {"mutable_tags"}
	}
}

test_a_repository_that_is_not_scanned_fails if {
	every value in [[], null, [{"scan_on_push": false}], [{"scan_on_push": "true"}], [{}], "x"] {
		codes([ecr({"image_scanning_configuration": value})]) == {"not_scanned"}
	}
}

test_an_empty_repository_has_both_defects if {
	codes([{"address": "aws_ecr_repository.a"}]) == {"mutable_tags", "not_scanned"}
}

test_what_is_known_only_after_apply_is_undetermined if {
	every state in ["unknown", "masked"] {
		hidden := {"address": "aws_ecr_repository.a", state: ["image_tag_mutability", "image_scanning_configuration"]}
		codes([hidden]) == set()
		{u.path[1] | some u in decided([hidden]).undetermined} == {"image_tag_mutability", "image_scanning_configuration"}
	}
}

test_scanning_of_the_whole_registry_is_as_good if {
	unscanned := ecr({"image_scanning_configuration": []})
	clean(decided([unscanned, registry({})]))
	codes([unscanned, registry({"scan_frequency": "MANUAL"})]) == {"not_scanned"}
	codes([unscanned, registry({"repository_filter": [{"filter": "prod-*"}]})]) == {"not_scanned"}
	codes([unscanned, object.union(registry({}), {"action": "delete"})]) == {"not_scanned"}
	codes([unscanned, object.union(registry({}), {"region": "eu-west-1"})]) == {"not_scanned"}
}

test_a_google_repository_needs_immutable_tags_and_the_project_s_scanning if {
	clean(decided([google({}), service("containerscanning.googleapis.com")]))
	codes([google({"docker_config": []}), service("containerscanning.googleapis.com")]) == {"mutable_tags"}
	codes([google({"docker_config": [{"immutable_tags": false}]})]) == {"mutable_tags"}
	codes([google({"format": "", "docker_config": []})]) == {"mutable_tags"}
}

test_a_google_project_whose_scanning_is_not_in_the_plan_is_undetermined if {
	undetermined([google({})]) == {"google_artifact_registry_repository.a"}
	undetermined([google({}), service("run.googleapis.com")]) == {"google_artifact_registry_repository.a"}
	hidden := object.union(google({}), {"unknown": ["vulnerability_scanning_config"]})
	undetermined([hidden, service("containerscanning.googleapis.com")]) == {"google_artifact_registry_repository.a"}
}

test_a_google_repository_that_opts_out_of_scanning_fails if {
	out := google({"vulnerability_scanning_config": [{"enablement_config": "DISABLED"}]})
	codes([out, service("containerscanning.googleapis.com")]) == {"not_scanned"}
}

test_a_google_repository_that_stores_no_images_of_its_own_has_no_tags_to_move if {
	decided([google({"format": "PYTHON", "docker_config": []})]).resources == set()
	every mode in ["REMOTE_REPOSITORY", "VIRTUAL_REPOSITORY"] {
		codes([google({"mode": mode, "docker_config": []})]) == set()
	}
	codes([google({"mode": "STANDARD_REPOSITORY", "docker_config": []})]) == {"mutable_tags"}
}

test_an_azure_registry_is_scanned_by_defender_or_by_quarantine if {
	azure := {"address": "azurerm_container_registry.a"}
	codes([azure]) == {"not_scanned"}
	codes([object.union(azure, {"values": {"quarantine_policy_enabled": false}})]) == {"not_scanned"}
	clean(decided([object.union(azure, {"values": {"quarantine_policy_enabled": true}})]))
	clean(decided([azure, defender("Containers", "Standard")]))
	codes([azure, defender("Containers", "Free")]) == {"not_scanned"}
	codes([azure, defender("VirtualMachines", "Standard")]) == {"not_scanned"}
}

test_a_deleted_repository_is_not_looked_at if {
	found := decided([object.union(ecr({}), {"action": "delete"})])
	found.resources == set()
	clean(found)
}

test_each_finding_is_told_in_full if {
	control.findings == {
		{
			"code": "mutable_tags",
			"resource": "aws_ecr_repository.a",
			"message": "tags can be moved to another image",
			"path": ["values", "image_tag_mutability"],
		},
		{
			"code": "not_scanned",
			"resource": "aws_ecr_repository.a",
			"message": "images are not scanned for known vulnerabilities when they are pushed",
			"path": ["values", "image_scanning_configuration", 0, "scan_on_push"],
		},
	} with input as terraform.plan([{"address": "aws_ecr_repository.a"}])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {
		{
			"resource": "aws_ecr_repository.a",
			"path": ["values", "image_scanning_configuration", 0, "scan_on_push"],
			"reason": "the plan does not tell whether images are scanned",
		},
		{
			"resource": "aws_ecr_repository.a",
			"path": ["values", "image_tag_mutability"],
			"reason": "whether tags can be moved is known only after apply",
		},
	} with input as terraform.plan([{"address": "aws_ecr_repository.a", "masked": ["image_tag_mutability", "image_scanning_configuration"]}])
}

test_a_repository_of_packages_is_not_looked_at if {
	every format in ["APT", "GENERIC", "GO", "GOOGET", "KFP", "MAVEN", "NPM", "PYTHON", "RUBY", "YUM"] {
		decided([google({"format": format})]).resources == set()
	}
	every format in ["DOCKER", "NEWEST", "", null] {
		decided([google({"format": format})]).resources == {"google_artifact_registry_repository.a"}
	}
	decided([ecr({"format": "NPM"})]).resources == {"aws_ecr_repository.a"}
}

test_one_rule_of_a_scanning_registry_is_enough if {
	off := {"scan_frequency": "MANUAL", "repository_filter": [{"filter": "*"}]}
	every frequency in ["SCAN_ON_PUSH", "CONTINUOUS_SCAN"] {
		on := {"scan_frequency": frequency, "repository_filter": [{"filter": "other"}, {"filter": "*"}]}
		codes([ecr({"image_scanning_configuration": []}), {"address": "aws_ecr_registry_scanning_configuration.a", "values": {"rule": [off, on]}}]) == set()
	}
	codes([ecr({"image_scanning_configuration": []}), registry(off)]) == {"not_scanned"}
}

test_a_scanning_registry_serves_its_own_region_and_provider_only if {
	unscanned := object.union(ecr({"image_scanning_configuration": []}), {"region": "eu-west-1"})
	codes([unscanned, object.union(registry({}), {"region": "eu-west-1"})]) == set()
	codes([unscanned, object.union(registry({}), {"region": "us-east-1"})]) == {"not_scanned"}
	codes([unscanned, registry({})]) == {"not_scanned"}
	codes([unscanned, defender("Containers", "Standard")]) == {"not_scanned"}
}

test_either_plan_of_defender_scans_the_registries if {
	every plan in ["Containers", "ContainerRegistry"] {
		codes([{"address": "azurerm_container_registry.a"}, defender(plan, "Standard")]) == set()
	}
	codes([{"address": "azurerm_container_registry.a"}, defender("VirtualMachines", "Standard")]) == {"not_scanned"}
	codes([{"address": "azurerm_container_registry.a"}, registry({})]) == {"not_scanned"}
}

ecr(changes) := {
	"address": "aws_ecr_repository.a",
	"values": object.union(
		{"image_tag_mutability": "IMMUTABLE", "image_scanning_configuration": [{"scan_on_push": true}]},
		changes,
	),
}

registry(changes) := {
	"address": "aws_ecr_registry_scanning_configuration.a",
	"values": {"rule": [object.union(
		{"scan_frequency": "SCAN_ON_PUSH", "repository_filter": [{"filter": "*"}]},
		changes,
	)]},
}

google(changes) := {
	"address": "google_artifact_registry_repository.a",
	"values": object.union({"format": "DOCKER", "docker_config": [{"immutable_tags": true}]}, changes),
}

service(name) := {"address": "google_project_service.a", "values": {"service": name}}

defender(type, tier) := {
	"address": "azurerm_security_center_subscription_pricing.a",
	"values": {"resource_type": type, "tier": tier},
}

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
