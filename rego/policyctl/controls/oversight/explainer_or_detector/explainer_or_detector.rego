package policyctl.controls.oversight.explainer_or_detector

import data.policyctl.lib.kubernetes
import data.policyctl.lib.labels
import data.policyctl.lib.risk_class

resources contains input.facts.id if _asked

# METADATA
# description: The object has a field for an explainer and for a log that a detector could read, and uses neither.
findings contains finding if {
	_asked
	_duty == "yes"
	input.facts.kind in {"InferenceService", "SeldonDeployment"}
	_explainers == []
	_monitors == []
	_logs == []

	finding := {
		"code": "no_explainer_or_detector",
		"resource": input.facts.id,
		"message": "nothing explains its outputs or watches its inputs for drift and outliers",
		"path": ["spec"],
	}
}

# METADATA
# description: An explainer or a detector may stand elsewhere, or could not be read; or it is not told whether one must be there.
undetermined contains _unclear("whether outputs are explained, or inputs watched for drift and outliers, does not show in this object") if {
	_asked
	not _explained
	not _watched
	count(findings) == 0
}

_asked if {
	kubernetes.answers
	_duty != "no"
}

_duty := risk_class.duty(
	{trim_space(entry.value) | some entry in labels.given(_parameters.risk_class_keys)},
	false,
	{"owed_for": _parameters.owed_for, "not_owed_for": _parameters.not_owed_for},
)

_explained if {
	some explainer in _explainers
	is_object(explainer)
	explainer != {}
}

# Others tell of the server: its latency, its errors.
_watched if {
	some monitor in _monitors
	monitor.source in {"detector", "trustyai"}
}

_unclear(reason) := {"resource": input.facts.id, "path": [], "reason": reason}

default _explainers := null

_explainers := input.facts.inference.explainers

default _monitors := null

_monitors := input.facts.inference.monitors

default _logs := null

_logs := input.facts.inference.request_logging

_parameters := input.profile.parameters.oversight.explainer_or_detector
