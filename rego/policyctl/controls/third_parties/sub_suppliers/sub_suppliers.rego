package policyctl.controls.third_parties.sub_suppliers

import data.policyctl.lib.entry
import data.policyctl.lib.supplier

resources := {input.facts.id}

# METADATA
# description: Nobody is named, and it is not said that there is nobody.
findings contains finding if {
	count(_sub_suppliers) == 0
	_none != true

	finding := {
		"code": "not_named",
		"resource": input.facts.id,
		"message": sprintf("it is not recorded on whom %s relies, nor that it relies on nobody", [supplier.name]),
		"path": ["sub_suppliers"],
	}
}

# METADATA
# description: Somebody is named, and it is said that there is nobody.
findings contains finding if {
	_listed != []
	_none != false

	finding := {
		"code": "contradictory",
		"resource": input.facts.id,
		"message": sprintf("%s is said to rely on nobody, and others are named on whom it relies", [supplier.name]),
		"path": ["no_sub_suppliers"],
	}
}

# METADATA
# description: Of somebody who is named it is not said who that is, what for, or what holds them to the same duties.
findings contains finding if {
	some index, sub in _sub_suppliers
	some key, said in {"name": "the name", "supplies": "what it supplies", "bound_by": "what binds it to the same duties"}
	entry.says(sub, key) == false

	finding := {
		"code": sprintf("no_%s", [key]),
		"resource": input.facts.id,
		"message": sprintf("of %s it is not recorded: %s", [entry.told(sub, "name", sprintf("sub-supplier %d", [index + 1])), said]),
		"path": ["sub_suppliers", index, key],
	}
}

default _listed := []

_listed := input.facts.sub_suppliers

default _none := false

_none := input.facts.no_sub_suppliers

_sub_suppliers := entry.listed(_listed)
