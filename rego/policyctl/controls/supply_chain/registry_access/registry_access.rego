package policyctl.controls.supply_chain.registry_access

import data.policyctl.lib.exposure
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains grant.address if {
	some type, _ in _paths
	some grant in terraform.planned(type)
}

# METADATA
# description: A repository without a grant is open to its own account or project only.
resources contains repository.address if {
	some type in {"aws_ecr_repository", "google_artifact_registry_repository"}
	some repository in terraform.planned(type)
}

# METADATA
# description: Everybody may use the repository or registry.
findings contains finding if {
	some type, path in _paths
	some grant in terraform.planned(type)
	_public(grant) == "yes"

	finding := {
		"code": "public_registry",
		"resource": grant.address,
		"message": "everybody may use the registry",
		"path": settings.place(path),
	}
}

# METADATA
# description: To whom access is granted is not shown.
undetermined contains entry if {
	some type, path in _paths
	some grant in terraform.planned(type)
	_public(grant) == "untold"

	entry := {
		"resource": grant.address,
		"path": settings.place(path),
		"reason": "the plan does not tell who may use the registry",
	}
}

# Whoever finds a repository of the public gallery may pull from it; nothing on it can say otherwise.
_public(grant) := "yes" if {
	grant.type == "aws_ecrpublic_repository"
} else := exposure.policy(grant, "policy") if {
	grant.type in {"aws_ecr_registry_policy", "aws_ecr_repository_policy"}
} else := exposure.member(grant, "member") if {
	grant.type == "google_artifact_registry_repository_iam_member"
} else := exposure.members(grant, "members") if {
	grant.type == "google_artifact_registry_repository_iam_binding"
} else := exposure.bindings(grant, "policy_data") if {
	grant.type == "google_artifact_registry_repository_iam_policy"
} else := "no" if {
	settings.one_of(grant, "anonymous_pull_enabled", {false}) == "yes"
} else := "yes" if {
	settings.one_of(grant, "anonymous_pull_enabled", {true}) == "yes"
} else := "untold"

_paths := {
	"aws_ecr_registry_policy": "policy",
	"aws_ecr_repository_policy": "policy",
	"aws_ecrpublic_repository": "repository_name",
	"azurerm_container_registry": "anonymous_pull_enabled",
	"google_artifact_registry_repository_iam_binding": "members",
	"google_artifact_registry_repository_iam_member": "member",
	"google_artifact_registry_repository_iam_policy": "policy_data",
}
