package policyctl.controls.release.first_hand

import data.policyctl.lib.model

resources := model.models

# METADATA
# description: The version is one of a registry, and no registry has answered.
findings contains model.finding("registry_not_asked", "no registry has told of the version, only files that anybody can write", ["registry"]) if {
	model.registered == true
	not is_string(_registry)
}

# METADATA
# description: There is neither a registry nor a file of the model.
undetermined contains model.untold("it is not known where the version is kept", ["artefact"]) if {
	model.registered == false
	model.digest == null
}

default _registry := null

_registry := input.facts.registry
