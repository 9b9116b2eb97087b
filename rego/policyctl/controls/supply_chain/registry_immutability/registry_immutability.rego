package policyctl.controls.supply_chain.registry_immutability

import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains repository.address if some repository in _repositories

# METADATA
# description: A tag can be moved to another image.
findings contains finding if {
	some repository in _repositories
	_immutable(repository) == "no"

	finding := {
		"code": "mutable_tags",
		"resource": repository.address,
		"message": "tags can be moved to another image",
		"path": settings.place(_immutability[repository.type].path),
	}
}

# METADATA
# description: What is pushed is not scanned for vulnerabilities.
findings contains finding if {
	some repository in _repositories
	_scanned(repository) == "no"

	finding := {
		"code": "not_scanned",
		"resource": repository.address,
		"message": "images are not scanned for known vulnerabilities when they are pushed",
		"path": settings.place(_scanning[repository.type]),
	}
}

# METADATA
# description: Whether tags can be moved is known only after apply.
undetermined contains entry if {
	some repository in _repositories
	_immutable(repository) == "untold"

	entry := {
		"resource": repository.address,
		"path": settings.place(_immutability[repository.type].path),
		"reason": "whether tags can be moved is known only after apply",
	}
}

# METADATA
# description: Whether images are scanned is known only after apply, or depends on what is not in the plan.
undetermined contains entry if {
	some repository in _repositories
	_scanned(repository) == "untold"

	entry := {
		"resource": repository.address,
		"path": settings.place(_scanning[repository.type]),
		"reason": "the plan does not tell whether images are scanned",
	}
}

_repositories contains repository if {
	some type, _ in _scanning
	some repository in terraform.planned(type)
	not _without_images(repository)
}

_without_images(repository) if {
	repository.type == "google_artifact_registry_repository"
	settings.one_of(repository, "format", _package_formats) == "yes"
}

# "none" where the provider has no such setting, or nothing is stored.
_immutable(repository) := "none" if {
	not _immutability[repository.type]
} else := "none" if {
	settings.one_of(repository, "mode", {"VIRTUAL_REPOSITORY", "REMOTE_REPOSITORY"}) == "yes"
} else := settings.one_of(repository, _immutability[repository.type].path, _immutability[repository.type].good)

_scanned(repository) := _scanned_on_google(repository) if {
	repository.type == "google_artifact_registry_repository"
} else := "yes" if {
	_scanned_elsewhere(repository)
} else := settings.one_of(repository, _scanning[repository.type], {true})

# The repository can only opt out of what the project has switched on.
_scanned_on_google(repository) := "no" if {
	settings.one_of(repository, _scanning[repository.type], {"DISABLED"}) == "yes"
} else := "yes" if {
	settings.one_of(repository, _scanning[repository.type], {"DISABLED"}) == "no"
	some service in terraform.planned("google_project_service")
	settings.one_of(service, "service", {"containerscanning.googleapis.com"}) == "yes"
} else := "untold"

# By a scanning service for all of the registry in this region, or for the subscription.
_scanned_elsewhere(repository) if {
	repository.type == "aws_ecr_repository"
	some registry in terraform.planned("aws_ecr_registry_scanning_configuration")
	object.get(registry, "region", "") == object.get(repository, "region", "")
	some rule, _ in settings.blocks(registry, "rule")
	settings.one_of(registry, sprintf("%s.scan_frequency", [rule]), {"SCAN_ON_PUSH", "CONTINUOUS_SCAN"}) == "yes"
	some filter, _ in settings.blocks(registry, sprintf("%s.repository_filter", [rule]))
	settings.one_of(registry, sprintf("%s.filter", [filter]), {"*"}) == "yes"
}

_scanned_elsewhere(repository) if {
	repository.type == "azurerm_container_registry"
	some plan in terraform.planned("azurerm_security_center_subscription_pricing")
	settings.one_of(plan, "resource_type", {"Containers", "ContainerRegistry"}) == "yes"
	settings.one_of(plan, "tier", {"Standard"}) == "yes"
}

# Azure holds back what is pushed until a scanner has released it.
_scanning := {
	"aws_ecr_repository": "image_scanning_configuration.0.scan_on_push",
	"azurerm_container_registry": "quarantine_policy_enabled",
	"google_artifact_registry_repository": "vulnerability_scanning_config.0.enablement_config",
}

_immutability := {
	"aws_ecr_repository": {"path": "image_tag_mutability", "good": {"IMMUTABLE"}},
	"google_artifact_registry_repository": {"path": "docker_config.0.immutable_tags", "good": {true}},
}

_package_formats := {"APT", "GENERIC", "GO", "GOOGET", "KFP", "MAVEN", "NPM", "PYTHON", "RUBY", "YUM"}
