package policyctl.controls.system.general_purpose_model

import data.policyctl.lib.classified

resources := {input.facts.id}

# METADATA
# description: The answers establish a class of model, and it is not stated.
findings contains finding if {
	some class, known in _classes
	_value[class] == "yes"
	count(_stated & known.by) == 0

	finding := {
		"code": known.unstated,
		"resource": input.facts.id,
		"message": sprintf("by the answers the organisation provides %s, and that is not among the classes", [known.title]),
		"path": ["classes"],
	}
}

# METADATA
# description: A class of model is stated, and the answers exclude it.
findings contains finding if {
	some index, stated in input.facts.classes
	_value[stated.id] == "no"

	finding := {
		"code": "excluded",
		"resource": input.facts.id,
		"message": sprintf("the class %s is stated, which the answers exclude", [stated.id]),
		"path": ["classes", index],
	}
}

# METADATA
# description: The answers do not decide it.
undetermined contains doubt if {
	some class, known in _classes
	_value[class] == "unknown"
	doubt := classified.doubt(["answers", "gpai"], sprintf("whether the organisation provides %s", [known.title]), classified.waits(class, known.route))
}

# METADATA
# description: Which classes are stated cannot be read.
undetermined contains doubt if some doubt in classified.unreadable

_value[class] := classified.value(class, known.route) if some class, known in _classes

_stated := {class.id | some class in input.facts.classes}

# A model with systemic risk is a general-purpose one.
_classes := {
	"gpai": {"route": "Art. 3(63)", "by": {"gpai", "gpai_systemic"}, "unstated": "not_stated", "title": "a general-purpose AI model"},
	"gpai_systemic": {"route": "Art. 51(1)", "by": {"gpai_systemic"}, "unstated": "risk_not_stated", "title": "a model with systemic risk"},
}
