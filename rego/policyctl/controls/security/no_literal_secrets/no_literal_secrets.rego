package policyctl.controls.security.no_literal_secrets

import data.policyctl.lib.kubernetes

# METADATA
# description: Every object can hold text; a Secret holds credentials by its purpose.
resources contains input.facts.id if not _is_secret

# METADATA
# description: A credential stands in the manifest as text. Its value is masked before anything is decided; that it is there is known.
findings contains finding if {
	some literal in _literals
	reason := _reasons[literal.where]

	finding := {
		"code": sprintf("secret_in_%s", [literal.where]),
		"resource": input.facts.id,
		"message": sprintf("%s (%s)", [reason, _name(literal)]),
		"path": kubernetes.at(literal, []),
	}
}

# METADATA
# description: The containers tell of literals too; one that the list above lacks is no less there.
findings contains finding if {
	some container in kubernetes.containers
	some variable in container.env
	variable.secret_like == true
	variable.source == "literal"

	finding := {
		"code": "secret_in_env",
		"resource": input.facts.id,
		"message": sprintf("%s (%s)", [_reasons.env, _name(variable)]),
		"path": kubernetes.at(variable, ["value"]),
	}
}

findings contains finding if {
	some container in kubernetes.containers
	some argument in container.arguments_secrets
	not _listed(argument)

	finding := {
		"code": "secret_in_argument",
		"resource": input.facts.id,
		"message": sprintf("%s (of container %s)", [_reasons.argument, kubernetes.name(container)]),
		"path": kubernetes.at(argument, []),
	}
}

# METADATA
# description: A ConfigMap is readable by more people and programs than a Secret, and is not encrypted at rest.
findings contains finding if {
	some container in kubernetes.containers
	some variable in container.env
	variable.secret_like == true
	variable.source == "config_map"

	finding := {
		"code": "secret_from_config_map",
		"resource": input.facts.id,
		"message": sprintf("a credential is read from a ConfigMap (%s)", [_name(variable)]),
		"path": kubernetes.at(variable, []),
	}
}

undetermined contains _unclear("the literals of the object could not be read") if {
	not _is_secret
	not is_array(_literals)
}

undetermined contains _unclear("a literal could not be read") if {
	some literal in _literals
	not _known(literal)
}

undetermined contains _unclear(sprintf("the variables of container %s could not be read", [kubernetes.name(container)])) if {
	some container in kubernetes.containers
	not _lists(container)
}

undetermined contains _unclear(sprintf("a variable of container %s could not be read", [kubernetes.name(container)])) if {
	some container in kubernetes.containers
	some variable in container.env
	not _told(variable)
}

undetermined contains entry if some entry in kubernetes.unreadable

_reasons := {
	"env": "a credential stands in a variable as text",
	"argument": "a credential stands in an argument as text",
	"config_map": "a credential stands in a ConfigMap as text",
	"annotation": "a credential stands in an annotation as text",
	"field": "a credential stands in a field as text",
}

_known(literal) if _reasons[literal.where]

_lists(container) if {
	is_array(container.env)
	is_array(container.arguments_secrets)
}

_told(variable) if {
	is_boolean(variable.secret_like)
	variable.source in {"literal", "secret", "config_map", "field", "reference", "empty"}
}

_listed(argument) if {
	some literal in _literals
	literal.path == argument.path
}

_name(thing) := thing.name if {
	is_string(thing.name)
	thing.name != ""
} else := "known by its shape"

_is_secret if {
	input.facts.kind == "Secret"
	input.facts.api_version == "v1"
}

_unclear(reason) := {"resource": input.facts.id, "path": [], "reason": reason}

default _literals := null

_literals := input.facts.literal_secrets
