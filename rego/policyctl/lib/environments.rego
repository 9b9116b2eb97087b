# METADATA
# scope: package
# description: |
#   Environment variables of what serves models, wherever a provider's schema keeps them. No control logic. Attribute names are those of
#   hashicorp/aws 5.100, hashicorp/azurerm 4 and 5, hashicorp/google 6 to 8.
package policyctl.lib.environments

import data.policyctl.lib.settings
import data.policyctl.lib.terraform

# METADATA
# description: Resources that may have such variables.
resources := {resource | some type, _ in _attributes; some resource in terraform.planned(type)}

# METADATA
# description: |
#   The variables that the plan shows: {"resource", "path" (of a finding), "name", "value", "state" (as in lib.terraform), "elsewhere" (the
#   value is said to come from a store of secrets), "sources" (references of the variables as a whole)}.
variables contains variable if {
	some [resource, _, place, "map"] in _places
	some name in _names(resource, place)
	path := concat(".", [place, name])
	variable := {
		"resource": resource.address,
		"path": array.concat(settings.place(place), [name]),
		"name": name,
		"value": object.get(terraform.value(resource, place), name, ""),
		"state": _state(resource, place, name, path),
		"elsewhere": false,
		"sources": _sources(resource, place),
	}
}

variables contains variable if {
	some [resource, _, place, "list"] in _places
	some index, item in terraform.value(resource, place)
	is_object(item)
	is_string(item.name)
	path := sprintf("%s.%d.value", [place, index])
	variable := {
		"resource": resource.address,
		"path": settings.place(path),
		"name": item.name,
		"value": object.get(item, "value", null),
		"state": terraform.state(resource, path),
		"elsewhere": _from_a_store(resource, sprintf("%s.%d", [place, index])),
		"sources": _sources(resource, concat(".", [place, "value"])),
	}
}

variables contains variable if {
	some [resource, _, place, "json"] in _places
	some at, container in _containers(terraform.value(resource, place))
	some index, item in object.get(container, "environment", [])
	is_string(item.name)
	variable := {
		"resource": resource.address,
		"path": ["values", place, at, "environment", index, "value"],
		"name": item.name,
		"value": object.get(item, "value", null),
		"state": _state_of(object.get(item, "value", null)),
		"elsewhere": false,
		"sources": [],
	}
}

# METADATA
# description: Attributes whose whole content is masked, as [resource, path].
masked contains [resource.address, settings.place(place)] if {
	some [resource, _, place, _] in _places
	terraform.state(resource, place) == "masked"
}

# METADATA
# description: Attributes whose variables the plan does not show, as [resource, path].
unread contains [resource.address, settings.place(place)] if {
	some [resource, _, place, kind] in _places
	not _none(resource, place, kind)
	terraform.state(resource, place) != "masked"
	not _readable(resource, place, kind)
}

# METADATA
# description: What the variables of an attribute as a whole refer to, as [resource, path, reference], whether the plan shows them or not.
handed contains [resource.address, settings.place(path), source] if {
	some type, attributes in _attributes
	some resource in terraform.planned(type)
	some path, kind in attributes
	some source in _sources(resource, _values_at(path, kind))
}

# The places of each resource's attributes.
_places contains [resource, path, place, kind] if {
	some type, attributes in _attributes
	some resource in terraform.planned(type)
	some path, kind in attributes
	some place in terraform.places(resource, path)
}

# Said to have none: the attribute is empty or the provider's to set, or there is no block around it. A block that shows nothing may hide
# something; so does one that a plan shows as computed, because no provider computes these: a dynamic block makes it.
_none(resource, place, _) if _is_empty(resource, place, {null, [], {}})

_none(resource, place, kind) if {
	kind != "list"
	place in resource.computed
}

_none(resource, place, _) if {
	parts := split(place, ".")
	some length in numbers.range(1, count(parts) - 1)
	_is_empty(resource, concat(".", array.slice(parts, 0, length)), {null, []})
}

_is_empty(resource, path, values) if {
	terraform.state(resource, path) in {"null", "empty"}
	terraform.value(resource, path) in values
}

_readable(resource, place, "map") if {
	is_object(terraform.value(resource, place))
	terraform.state(resource, place) == "known"
}

_readable(resource, place, "list") if {
	items := terraform.value(resource, place)
	is_array(items)
	every item in items {
		is_string(item.name)
	}
}

_readable(resource, place, "json") if {
	every container in _containers(terraform.value(resource, place)) {
		_is_container(container)
	}
}

_is_container(container) if {
	items := object.get(container, "environment", [])
	is_array(items)
	every item in items {
		is_string(item.name)
	}
}

_is_container(container) if object.get(container, "environment", []) == null

# Of a text that is no JSON there are none, and it is not readable.
_containers(text) := containers if {
	is_string(text)
	json.is_valid(text)
	containers := _listed(json.unmarshal(text))
	every container in containers {
		is_object(container)
	}
}

_listed(node) := node if is_array(node)

_listed(node) := [node] if is_object(node)

_names(resource, place) := {name | some name, _ in terraform.value(resource, place)} | _open_names(resource, place) if {
	_readable(resource, place, "map")
} else := _open_names(resource, place)

# Names of variables that are masked or known only after apply.
_open_names(resource, place) := {name |
	some paths in [resource.unknown, resource.masked]
	some path in paths
	startswith(path, concat("", [place, "."]))
	name := trim_prefix(path, concat("", [place, "."]))
}

_state(resource, _, _, path) := "masked" if path in resource.masked

_state(resource, _, _, path) := "unknown" if {
	path in resource.unknown
	not _is_masked(resource, path)
}

_state(resource, place, name, path) := _state_of(terraform.value(resource, place)[name]) if {
	not _is_masked(resource, path)
	not _is_unknown(resource, path)
}

_is_masked(resource, path) if path in resource.masked

_is_unknown(resource, path) if path in resource.unknown

_state_of(null) := "null"

_state_of(value) := "empty" if value in {"", [], {}}

_state_of(value) := "known" if not value in {null, "", [], {}}

_values_at(path, "list") := concat(".", [path, "value"])

_values_at(path, kind) := path if kind != "list"

_from_a_store(resource, item) if {
	some name in ["secret_name", "value_source", "value_from"]
	terraform.state(resource, concat(".", [item, name])) in {"known", "unknown", "masked"}
} else := false

_sources(resource, place) := object.get(resource.references, terraform.plain(place), []) if {
	is_object(resource.references)
} else := []

_attributes := {
	"aws_sagemaker_model": {"primary_container.environment": "map", "container.environment": "map"},
	"aws_sagemaker_data_quality_job_definition": {"data_quality_app_specification.environment": "map"},
	"aws_lambda_function": {"environment.variables": "map"},
	"aws_apprunner_service": {"source_configuration.image_repository.image_configuration.runtime_environment_variables": "map"},
	"aws_ecs_task_definition": {"container_definitions": "json"},
	"aws_batch_job_definition": {"container_properties": "json"},
	"azurerm_container_app": {"template.container.env": "list", "template.init_container.env": "list"},
	"azurerm_container_app_job": {"template.container.env": "list", "template.init_container.env": "list"},
	"azurerm_container_group": {"container.environment_variables": "map", "init_container.environment_variables": "map"},
	"google_cloud_run_service": {"template.spec.containers.env": "list"},
	"google_cloud_run_v2_job": {"template.template.containers.env": "list"},
	"google_cloud_run_v2_service": {"template.containers.env": "list"},
	"google_cloudfunctions_function": {"environment_variables": "map"},
	"google_cloudfunctions2_function": {"service_config.environment_variables": "map"},
	"google_colab_runtime_template": {"software_config.env": "list"},
	"google_vertex_ai_endpoint_with_model_garden_deployment": {"model_config.container_spec.env": "list"},
	"google_vertex_ai_reasoning_engine": {"spec.deployment_spec.env": "list"},
}
