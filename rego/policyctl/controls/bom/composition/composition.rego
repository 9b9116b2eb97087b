package policyctl.controls.bom.composition

import data.policyctl.lib.bom

# METADATA
# description: The BOM, whose references are looked at, and its models.
resources := bom.model_ids | {input.facts.id}

# METADATA
# description: A reference is wrong, so that what the BOM says of how its parts belong together does not hold.
findings contains finding if {
	some defect in _defects
	is_object(defect)
	code := _code(defect)

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf(_messages[code], [bom.text(object.get(defect, "ref", null), "a reference")]),
		"path": bom.at(defect, []),
	}
}

# METADATA
# description: The BOM itself says that it does not list all that the model consists of.
findings contains finding if {
	some model in bom.models
	some aggregate in bom.listed(model, "aggregates")
	is_string(aggregate)
	startswith(aggregate, "incomplete")

	finding := {
		"code": "incomplete",
		"resource": model.id,
		"message": sprintf("by its own word the BOM is not complete about the model (%s)", [aggregate]),
		"path": bom.at(model, []),
	}
}

# METADATA
# description: A BOM that does not say that it is complete may have left out anything.
undetermined contains entry if {
	some model in bom.models
	not _is_told(model)

	entry := {
		"resource": model.id,
		"path": bom.at(model, []),
		"reason": "the BOM does not say whether it is complete about the model",
	}
}

undetermined contains entry if {
	some defect in _defects
	not is_object(defect)
	entry := {"resource": input.facts.id, "path": [], "reason": "a reference could not be read"}
}

undetermined contains entry if some entry in bom.unread_models

_is_told(model) if {
	aggregates := bom.listed(model, "aggregates")
	count(aggregates) > 0
	every aggregate in aggregates {
		is_string(aggregate)
		regex.match(`^(complete|incomplete.*)$`, aggregate)
	}
}

_code(defect) := defect.code if {
	_messages[defect.code]
} else := "wrong_reference"

_messages := {
	"dangling": "%s leads to nothing in the BOM",
	"duplicate": "%s is the identifier of more than one thing",
	"not_a_dependency": "the model's dependencies leave out the dataset %s, which its card names",
	"wrong_reference": "%s is wrong",
}

default _defects := []

_defects := input.facts.defects
