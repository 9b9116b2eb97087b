package policyctl.controls.bom.training_data

import data.policyctl.lib.bom

resources := bom.model_ids

# METADATA
# description: No data is named that the model learned from.
findings contains finding if {
	some model in bom.models
	bom.listed(model, "training_data") == []

	finding := {
		"code": "no_training_data",
		"resource": model.id,
		"message": "no data is named that the model learned from",
		"path": bom.at(model, ["modelCard", "modelParameters", "datasets"]),
	}
}

# METADATA
# description: Data is named so that nobody can find it.
findings contains finding if {
	some model in bom.models
	some used in bom.listed(model, "training_data")
	code := _code(used)
	code in {"dangling", "none", "unnamed", "unlocated"}

	finding := {
		"code": code,
		"resource": model.id,
		"message": sprintf(_messages[code], [_called(used)]),
		"path": bom.at(used, []),
	}
}

# METADATA
# description: What another BOM says, or the author of this one does not say, is not known.
undetermined contains entry if {
	some model in bom.models
	some used in bom.listed(model, "training_data")
	reason := _open[_code(used)]

	entry := {"resource": model.id, "path": bom.at(used, []), "reason": sprintf(reason, [_called(used)])}
}

undetermined contains entry if some entry in bom.unread_models

_code(used) := "dangling" if {
	used.found == "missing"
} else := "none" if {
	used.found == "none"
} else := "elsewhere" if {
	used.found == "elsewhere"
} else := "not_asserted" if {
	used.found == "not_asserted"
} else := "unread" if {
	not _is_described(used)
} else := "unnamed" if {
	bom.text(object.get(used, "name", null), "") == ""
} else := "unlocated" if {
	not _leads(used)
} else := "good"

_is_described(used) if used.found in {"inline", "listed"}

_leads(used) if used.leads == true

_messages := {
	"dangling": "the training data is a reference (%s) that leads to no data in the BOM",
	"none": "the BOM says that the model was trained on no data (%s)",
	"unnamed": "the training data has no name (%s)",
	"unlocated": "%s has no address where something can be, and no description: nobody can tell which data that is",
}

_open := {
	"elsewhere": "the training data stands in another BOM (%s), which is not looked into",
	"not_asserted": "the BOM asserts nothing about the training data (%s)",
	"unread": "what is said of the training data could not be read (%s)",
}

_called(used) := used.name if {
	bom.text(used.name, "") != ""
} else := used.ref if {
	bom.text(used.ref, "") != ""
} else := "no name"
