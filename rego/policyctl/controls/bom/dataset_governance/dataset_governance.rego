package policyctl.controls.bom.dataset_governance

import data.policyctl.lib.bom

resources := bom.dataset_ids

# METADATA
# description: Nobody is named who answers for the data.
findings contains _finding(dataset, "no_owner", "nobody is named who answers for the data", ["governance"]) if {
	some dataset in bom.datasets
	not _has_owner(dataset)
}

# METADATA
# description: It is not said how confidential the data is.
findings contains _finding(dataset, "not_classified", "the data is not classified", ["classification"]) if {
	some dataset in bom.datasets
	bom.text(object.get(dataset, "classification", null), "") == ""
}

# METADATA
# description: A classification says who may see data, not whether it is about people. Silence about that says nothing.
undetermined contains entry if {
	some dataset in bom.datasets
	not _tells_sensitivity(dataset)

	entry := {
		"resource": dataset.id,
		"path": bom.at(dataset, ["sensitiveData"]),
		"reason": "nothing says whether the data holds sensitive data",
	}
}

undetermined contains entry if some entry in bom.unread_datasets

_has_owner(dataset) if {
	some party in bom.listed(dataset, "parties")
	bom.text(party.name, "") != ""
}

_tells_sensitivity(dataset) if dataset.sensitive in {"yes", "no"}

_finding(dataset, code, message, steps) := {
	"code": code,
	"resource": dataset.id,
	"message": message,
	"path": bom.at(dataset, steps),
}
