package policyctl.controls.governance.system_dates_test

import data.policyctl.controls.governance.system_dates as control
import data.policyctl.testing.system as make

test_a_change_on_the_day_of_the_beginning_passes if {
	control.resources == {"credit-scoring"} with input as dated("2027-03-01", {"placed_on_market": "2027-03-01"})
	codes == set() with input as dated("2027-03-01", {"placed_on_market": "2027-03-01"})
	control.undetermined == set() with input as dated("2027-03-01", {"placed_on_market": "2027-03-01"})
}

test_a_change_on_the_day_before_the_beginning_fails if {
	control.findings == {{
		"code": "changed_too_early",
		"resource": "credit-scoring",
		"message": "the system was changed on 2027-02-28, before it came into use on 2027-03-01",
		"path": ["significantly_changed"],
	}} with input as dated("2027-02-28", {"placed_on_market": "2027-03-01"})
}

test_the_earlier_of_two_beginnings_counts if {
	codes == set() with input as dated("2027-02-28", {"placed_on_market": "2027-03-01", "put_into_service": "2027-01-01"})
	codes == {"changed_too_early"} with input as dated("2026-12-31", {"placed_on_market": "2027-03-01", "put_into_service": "2027-01-01"})
}

test_a_system_that_was_not_changed_is_not_looked_at if {
	control.resources == set() with input as make.described({"placed_on_market": "2027-03-01"}, {}, {})
	control.undetermined == set() with input as make.described({"placed_on_market": "2027-03-01"}, {}, {})
}

test_a_change_of_a_system_of_unknown_age_is_undetermined if {
	unclear == {"placed_on_market"} with input as dated("2027-03-01", {})
}

test_a_day_that_is_stated_and_not_there_is_undetermined if {
	whole := dated("2027-02-28", {"placed_on_market": "2027-03-01"})
	every key in ["significantly_changed", "placed_on_market"] {
		unclear == {key} with input as json.remove(whole, [["facts", key]])
		codes == {"changed_too_early"} with input as json.patch(whole, [{"op": "replace", "path": "facts/stated", "value": []}])
	}
}

test_what_is_no_day_is_undetermined if {
	every broken in [null, 7, "", "soon", "2027-3-1", [], {}] {
		unclear == {"significantly_changed"} with input as dated(broken, {"placed_on_market": "2027-03-01"})
		unclear == {"put_into_service"} with input as dated("2027-02-28", {"placed_on_market": "2027-03-01", "put_into_service": broken})
	}
}

test_what_is_looked_at_is_named if {
	control.resources == {"credit-scoring"} with input as json.remove(dated("2027-02-28", {"placed_on_market": "2027-03-01"}), [["facts", "significantly_changed"]])
}

test_each_finding_is_told_in_full if {
	control.findings == set() with input as dated(7, {"placed_on_market": "2027-03-01"})
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "credit-scoring",
		"path": ["placed_on_market"],
		"reason": "no day is stated",
	}} with input as dated("2027-03-01", {})
}

codes := {finding.code | some finding in control.findings}

unclear := {entry.path[0] | some entry in control.undetermined}

dated(changed, beginnings) := make.described(object.union({"significantly_changed": changed}, beginnings), {}, {})
