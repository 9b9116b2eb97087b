package policyctl.controls.governance.system_labels

import data.policyctl.lib.kubernetes

resources contains input.facts.id if kubernetes.ai

# METADATA
# description: Neither a label nor an annotation of the object says it. Labels are found by selectors, annotations hold any text.
findings contains finding if {
	kubernetes.ai
	some what, description in _asked
	count(_given(what)) == 0

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
	some entry in _given("risk_class")
	class := _plain(entry.value)
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

_given(what) := {entry | some entry in _texts; _means(entry.key, what)}

_texts contains {"key": key, "value": value, "path": ["metadata", "labels", key]} if {
	some key, value in input.facts.labels
	_says(key, value)
}

_texts contains {"key": key, "value": value, "path": ["metadata", "annotations", key]} if {
	some key, value in input.facts.annotations
	_says(key, value)
}

# Keys are text where labels are a mapping, numbers where they are a list.
_says(key, value) if {
	is_string(key)
	is_string(value)
	said := lower(trim_space(value))
	not said in {"", "tbd", "todo", "unknown", "none", "n/a", "changeme"}
}

_means(key, what) if {
	some name in _keys[what]
	lower(key) == lower(name)
}

# A key whose last part, after the domain of its owner, is one of the words.
_means(key, what) if {
	some name in _keys[what]
	_plain(regex.replace(key, "^.*/", "")) == _plain(name)
}

_plain(key) := replace(replace(lower(key), "-", "_"), ".", "_")

_keys := {
	"system": input.profile.parameters.governance.system_labels.system_keys,
	"owner": input.profile.parameters.governance.system_labels.owner_keys,
	"risk_class": input.profile.parameters.governance.system_labels.risk_class_keys,
}

_classes := {_plain(class) | some class in input.profile.parameters.governance.system_labels.risk_classes}
