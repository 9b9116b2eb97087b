package policyctl.controls.data.training_data_recorded

import data.policyctl.lib.model

resources := model.models

# METADATA
# description: The run says of no dataset that it trained on it.
findings contains model.finding("no_training_data", _none, ["datasets"]) if count(model.training) == 0

# METADATA
# description: A dataset is recorded, and cannot be found by that.
findings contains model.finding(_lacks[key].code, message, ["datasets", index, key]) if {
	some index, dataset in model.training
	some key in object.keys(_lacks)
	model.text(dataset, key) == null
	message := sprintf("the run %s on which it trained%s", [_lacks[key].message, _named(dataset)])
}

_none := "no run has recorded a dataset" if {
	count(model.datasets) == 0
} else := sprintf("of the datasets that the run recorded (%d), none is said to be for training", [count(model.datasets)])

_lacks := {
	"name": {"code": "no_name", "message": "does not name a dataset"},
	"digest": {"code": "no_digest", "message": "did not record the digest of the data"},
	"source": {"code": "no_source", "message": "did not record the source of the data"},
}

_named(dataset) := sprintf(", %s", [name]) if {
	name := model.text(dataset, "name")
	name != null
} else := ""
