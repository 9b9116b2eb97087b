package policyctl.controls.bom.supplier

import data.policyctl.lib.bom

resources := bom.model_ids

# METADATA
# description: Nobody is named who supplies, makes, publishes or wrote the model.
findings contains finding if {
	some model in bom.models
	not _names_somebody(model)

	finding := {
		"code": "no_supplier",
		"resource": model.id,
		"message": "nobody is named who supplies, makes or publishes the model",
		"path": bom.at(model, ["supplier"]),
	}
}

undetermined contains entry if some entry in bom.unread_models

_names_somebody(model) if {
	some party in bom.listed(model, "parties")
	bom.text(party.name, "") != ""
}
