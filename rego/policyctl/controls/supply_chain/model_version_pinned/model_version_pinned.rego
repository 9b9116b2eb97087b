package policyctl.controls.supply_chain.model_version_pinned

import data.policyctl.lib.kubernetes

# METADATA
# description: |
#   Everything that names a model, and everything that answers inference requests, whether it names one or not. A graph only sends
#   requests on to services that name theirs.
resources contains input.facts.id if _models != []

resources contains input.facts.id if _serves

resources contains input.facts.id if count(_hinted) > 0

# METADATA
# description: The model is named by a branch, an alias or another name that moves.
findings contains finding if {
	some model in _models
	model.pinned == "floating"

	finding := {
		"code": "floating_version",
		"resource": input.facts.id,
		"message": sprintf("%s can change: its version is a name that moves", [_uri(model)]),
		"path": kubernetes.at(model, []),
	}
}

# METADATA
# description: No version is given at all. A path inside the container is left to `undetermined`, its volume or image decides.
findings contains finding if {
	some model in _models
	model.pinned == "none"
	not _inside(model)

	finding := {
		"code": "no_version",
		"resource": input.facts.id,
		"message": sprintf("%s names no version", [_uri(model)]),
		"path": kubernetes.at(model, []),
	}
}

undetermined contains _unclear(kubernetes.at(model, []), "which version lies at this path is decided elsewhere") if {
	some model in _models
	model.pinned == "none"
	_inside(model)
}

undetermined contains _unclear(kubernetes.at(model, []), "the model's name comes from elsewhere") if {
	some model in _models
	is_object(model)
	not _told(model)
}

undetermined contains _unclear([], "a model could not be read") if {
	some model in _models
	not is_object(model)
}

undetermined contains _unclear([], "the models could not be read") if not is_array(_models)

# METADATA
# description: It serves something, and does not say what.
undetermined contains _unclear([], "it answers inference requests, and names no model") if {
	_serves
	_models == []
}

# METADATA
# description: The object was taken for an AI workload because of a model that its list of models lacks.
undetermined contains _unclear([], "a model is named that could not be read") if {
	_models == []
	count(_hinted) > 0
}

undetermined contains entry if {
	_serves
	some entry in kubernetes.unreadable
}

_serves if {
	kubernetes.ai
	kubernetes.serving
	not _routes
}

_routes if input.facts.kind == "InferenceGraph"

_hinted contains reason if {
	some reason in input.facts.ai_reasons
	is_string(reason)
	startswith(reason, "model ")
}

_told(model) if model.pinned in {"digest", "version", "floating", "none"}

_inside(model) if model.scheme == "file"

_uri(model) := sprintf("the model %s", [model.uri]) if {
	is_string(model.uri)
	model.uri != ""
} else := "a model"

_unclear(path, reason) := {"resource": input.facts.id, "path": path, "reason": reason}

default _models := null

_models := input.facts.models
