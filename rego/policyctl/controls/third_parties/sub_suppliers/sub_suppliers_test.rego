package policyctl.controls.third_parties.sub_suppliers_test

import data.policyctl.controls.third_parties.sub_suppliers as control
import data.policyctl.testing.record as make

whole := {"name": "Example Cloud", "supplies": "Computing", "bound_by": "Annex 3"}

test_a_sub_supplier_that_is_named_and_bound_passes if {
	control.resources == {"r-1"} with input as relying([whole])
	control.findings == set() with input as relying([whole])
	control.findings == set() with input as stated({"sub_suppliers": [whole], "no_sub_suppliers": false})
}

test_nobody_must_be_said if {
	control.findings == {{
		"code": "not_named",
		"resource": "r-1",
		"message": "it is not recorded on whom Example Models relies, nor that it relies on nobody",
		"path": ["sub_suppliers"],
	}} with input as relying([])
	every value in [null, {}, "Example Cloud", {"0": whole}] {
		codes == {"not_named"} with input as relying(value)
		codes == {"contradictory"} with input as stated({"sub_suppliers": value, "no_sub_suppliers": true})
	}
	every value in [false, null, "true", 1] {
		codes == {"not_named"} with input as stated({"no_sub_suppliers": value})
	}
	control.findings == set() with input as stated({"no_sub_suppliers": true})
	codes == {"not_named"} with input as stated({})
	control.findings == set() with input as stated({"sub_suppliers": [], "no_sub_suppliers": true})
}

test_nobody_and_somebody_is_a_contradiction if {
	control.findings == {{
		"code": "contradictory",
		"resource": "r-1",
		"message": "Example Models is said to rely on nobody, and others are named on whom it relies",
		"path": ["no_sub_suppliers"],
	}} with input as stated({"sub_suppliers": [whole, whole], "no_sub_suppliers": true})
	every value in [null, "true", 7] {
		codes == {"contradictory"} with input as stated({"sub_suppliers": [whole], "no_sub_suppliers": value})
	}
}

test_who_what_for_and_how_bound_is_said if {
	control.findings == {{
		"code": "no_name",
		"resource": "r-1",
		"message": "of sub-supplier 2 it is not recorded: the name",
		"path": ["sub_suppliers", 1, "name"],
	}} with input as relying([whole, object.remove(whole, ["name"])])
	control.findings == {{
		"code": "no_bound_by",
		"resource": "r-1",
		"message": "of Example Cloud it is not recorded: what binds it to the same duties",
		"path": ["sub_suppliers", 0, "bound_by"],
	}} with input as relying([object.union(whole, {"bound_by": "TBD"})])
	control.findings == {{
		"code": "no_supplies",
		"resource": "r-1",
		"message": "of Example Cloud it is not recorded: what it supplies",
		"path": ["sub_suppliers", 0, "supplies"],
	}} with input as relying([object.remove(whole, ["supplies"])])
	codes == {"no_name", "no_supplies", "no_bound_by"} with input as relying([null])
}

codes := {finding.code | some finding in control.findings}

relying(subs) := stated({"sub_suppliers": subs})

stated(facts) := make.of_kind("supplier", object.union({"name": "Example Models"}, facts), {})
