package policyctl.controls.governance.model_labels

import data.policyctl.lib.kubernetes
import data.policyctl.lib.labels

resources contains input.facts.id if kubernetes.runs_model

# METADATA
# description: Neither the object nor its pods say it. A model's URI may name both, but nobody can select by it.
findings contains finding if {
	kubernetes.runs_model
	some what, description in _asked
	count(_given[what]) == 0

	finding := {
		"code": sprintf("no_%s", [what]),
		"resource": input.facts.id,
		"message": sprintf("no label names %s", [description]),
		"path": ["metadata", "labels"],
	}
}

# METADATA
# description: The version that is given is a name that moves from one to the next.
findings contains finding if {
	kubernetes.runs_model
	some entry in _given.model_version
	moving := labels.plain(trim_space(entry.value))
	moving in _moving

	finding := {
		"code": "moving_version",
		"resource": input.facts.id,
		"message": sprintf("%s is no version of a model: it moves from one to the next", [entry.value]),
		"path": entry.path,
	}
}

_asked := {
	"model": "its model",
	"model_version": "the version of its model",
}

_given[what] := entries if {
	some what, names in _keys
	entries := labels.given(names) | labels.given_to_pods(names)
}

_keys := {
	"model": input.profile.parameters.governance.model_labels.model_keys,
	"model_version": input.profile.parameters.governance.model_labels.version_keys,
}

_moving := {labels.plain(value) | some value in input.profile.parameters.governance.model_labels.moving_versions}
