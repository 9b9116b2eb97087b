package policyctl.controls.governance.system_labels

import data.policyctl.lib.kubernetes
import data.policyctl.lib.labels

resources contains input.facts.id if kubernetes.ai

# METADATA
# description: Neither a label nor an annotation of the object says it. Labels are found by selectors, annotations hold any text.
findings contains finding if {
	kubernetes.ai
	some what, description in _asked
	count(labels.given(_keys[what])) == 0

	finding := {
		"code": sprintf("no_%s", [what]),
		"resource": input.facts.id,
		"message": sprintf("no label names %s", [description]),
		"path": ["metadata", "labels"],
	}
}

# METADATA
# description: A risk class is given that is none.
findings contains finding if {
	kubernetes.ai
	some entry in labels.given(_keys.risk_class)
	class := labels.plain(entry.value)
	not class in _classes

	finding := {
		"code": "unknown_risk_class",
		"resource": input.facts.id,
		"message": sprintf("%s is none of the risk classes: %s", [entry.value, concat(", ", sort(_classes))]),
		"path": entry.path,
	}
}

_asked := {
	"system": "the AI system that it belongs to",
	"owner": "who answers for it",
	"risk_class": "its risk class",
}

_keys := {
	"system": input.profile.parameters.governance.system_labels.system_keys,
	"owner": input.profile.parameters.governance.system_labels.owner_keys,
	"risk_class": input.profile.parameters.governance.system_labels.risk_class_keys,
}

_classes := {labels.plain(class) | some class in input.profile.parameters.governance.system_labels.risk_classes}
