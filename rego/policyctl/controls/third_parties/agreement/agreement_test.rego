package policyctl.controls.third_parties.agreement_test

import data.policyctl.controls.third_parties.agreement as control
import data.policyctl.testing.record as make

whole := {
	"first_day": "2026-02-01",
	"last_day": "2028-01-31",
	"information": "Evaluation results of each version",
	"capabilities": "Languages and error rates",
	"technical_access": "A test endpoint",
	"assistance": "An engineer within a day",
	"evidence": [make.evidence("Agreement")],
}

test_a_whole_agreement_in_force_passes if {
	control.resources == {"r-1"} with input as agreed(whole)
	control.findings == set() with input as agreed(whole)
	control.undetermined == set() with input as agreed(whole)
}

test_none_at_all_is_a_finding if {
	every value in [null, {}, [], "signed", true] {
		control.findings == {{
			"code": "no_agreement",
			"resource": "r-1",
			"message": "no written agreement with Example Models is recorded",
			"path": ["agreement"],
		}} with input as agreed(value)
		control.undetermined == set() with input as agreed(value)
	}
	codes == {"no_agreement"} with input as make.of_kind("supplier", {"supplies": supplies}, {})
	control.undetermined == set() with input as make.of_kind("supplier", {"supplies": supplies}, {})
	not "no_agreement" in codes with input as agreed({"last_day": "2028-01-31"})
}

test_both_days_are_inclusive if {
	codes == set() with input as changed({"first_day": "2026-11-21", "last_day": "2026-11-21"})
	control.findings == {{
		"code": "expired",
		"resource": "r-1",
		"message": "the agreement with Example Models ended on 2026-11-20",
		"path": ["agreement", "last_day"],
	}} with input as changed({"last_day": "2026-11-20"})
	control.findings == {{
		"code": "not_begun",
		"resource": "r-1",
		"message": "the agreement with Example Models holds only from 2026-11-22 on",
		"path": ["agreement", "first_day"],
	}} with input as changed({"first_day": "2026-11-22"})
	control.findings == {{
		"code": "reversed",
		"resource": "r-1",
		"message": "the agreement with Example Models ends on 2026-01-31, before it begins",
		"path": ["agreement", "last_day"],
	}} with input as changed({"last_day": "2026-01-31"})
}

test_an_agreement_without_end_says_so if {
	open := object.union(object.remove(whole, ["last_day"]), {"open_ended": true})
	codes == set() with input as agreed(open)
	control.undetermined == set() with input as agreed(open)
	codes == {"expired"} with input as changed({"open_ended": true, "last_day": "2026-11-20"})
	codes == {"not_begun"} with input as agreed(object.union(open, {"first_day": "2026-11-22"}))
	every value in [false, null, "true"] {
		unclear == {["agreement", "last_day"]} with input as agreed(object.union(open, {"open_ended": value}))
	}
}

test_a_day_that_is_none_cannot_be_told if {
	control.undetermined == {{
		"resource": "r-1",
		"path": ["agreement", "first_day"],
		"reason": "it is not recorded from which day to which the agreement holds, or that it has no end",
	}} with input as agreed(object.remove(whole, ["first_day"]))
	every key in ["first_day", "last_day"] {
		every value in [null, "soon", 7, "2026-02-30"] {
			unclear == {["agreement", key]} with input as changed({key: value})
		}
	}
}

test_each_of_the_four_things_is_named if {
	control.findings == {{
		"code": "no_technical_access",
		"resource": "r-1",
		"message": "it is not recorded which technical access Example Models owes by the agreement",
		"path": ["agreement", "technical_access"],
	}} with input as changed({"technical_access": "TBD"})
	every key in ["information", "capabilities", "assistance"] {
		messages == {sprintf("it is not recorded which %s Example Models owes by the agreement", [key])} with input as agreed(object.remove(whole, [key]))
		paths == {["agreement", key]} with input as agreed(object.remove(whole, [key]))
		codes == {sprintf("no_%s", [key])} with input as changed({key: null})
	}
}

test_the_agreement_itself_is_named_by_its_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document is named with its SHA-256 digest: the agreement with Example Models",
		"path": ["agreement", "evidence"],
	}} with input as changed({"evidence": []})
	messages == {"the document is not the one that was recorded: the agreement with Example Models"} with input as changed({"evidence": [object.union(make.evidence("A"), {"state": "changed"})]})
	messages == {"the document is not where the record says: the agreement with Example Models"} with input as changed({"evidence": [object.union(make.evidence("A"), {"state": "missing"})]})
}

test_open_components_need_none if {
	open := [{"what": "component", "name": "torch", "open_source": true, "general_purpose": false, "licence": "BSD-3-Clause"}]
	control.resources == set() with input as make.of_kind("supplier", {"supplies": open}, {})
	control.findings == set() with input as make.of_kind("supplier", {"supplies": open, "agreement": {"last_day": "2020-01-01"}}, {})
	control.undetermined == set() with input as make.of_kind("supplier", {"supplies": open, "agreement": {"title": "Terms"}}, {})
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

paths := {finding.path | some finding in control.findings}

unclear := {entry.path | some entry in control.undetermined}

changed(changes) := agreed(object.union(object.remove(whole, object.keys(changes)), changes))

supplies := [{"what": "model", "name": "Explainer", "general_purpose": true}]

agreed(agreement) := make.of_kind("supplier", {"name": "Example Models", "supplies": supplies, "agreement": agreement}, {})
