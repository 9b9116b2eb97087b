package policyctl.controls.bom.composition_test

import data.policyctl.controls.bom.composition as control
import data.policyctl.testing.bom as make

test_a_bom_that_says_it_is_complete_passes if {
	control.resources == {"bom.json", "acme/scorer"} with input as of(["complete"], [])
	control.findings == set() with input as of(["complete"], [])
	control.undetermined == set() with input as of(["complete"], [])
}

test_a_bom_that_says_it_is_not_complete_fails if {
	control.findings == {{
		"code": "incomplete",
		"resource": "acme/scorer",
		"message": "by its own word the BOM is not complete about the model (incomplete_first_party_only)",
		"path": ["components", 0],
	}} with input as of(["complete", "incomplete_first_party_only"], [])
	codes == {"incomplete"} with input as of(["incomplete"], [])
}

test_a_bom_that_does_not_say_is_undetermined if {
	every broken in [[], ["unknown"], ["not_specified"], ["complete", "unknown"], ["completely"], [1], [null], null, "complete", {"0": "complete"}] {
		codes == set() with input as of(broken, [])
		count(control.undetermined) == 1 with input as of(broken, [])
	}
}

test_a_wrong_reference_fails if {
	control.findings == {{
		"code": "dangling",
		"resource": "bom.json",
		"message": "data-9 leads to nothing in the BOM",
		"path": ["dependencies", 0, "dependsOn"],
	}} with input as of(["complete"], [defect({})])
	every code in ["duplicate", "not_a_dependency"] {
		codes == {code} with input as of(["complete"], [defect({"code": code})])
	}
	every code in [1, null, "x", ["dangling"]] {
		codes == {"wrong_reference"} with input as of(["complete"], [defect({"code": code, "ref": 1})])
	}
}

test_references_and_models_that_cannot_be_read_are_undetermined if {
	every broken in ["x", null, [defect({})]] {
		count(control.undetermined) == 1 with input as of(["complete"], [broken])
	}
	count(control.undetermined) == 1 with input as make.bom({"models": ["x"]}, {})
}

test_a_document_without_references_has_no_wrong_one if {
	control.findings == set() with input as {"facts": {"id": "bom.json"}}
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "wrong_reference",
		"resource": "bom.json",
		"message": "a reference is wrong",
		"path": ["dependencies", 0, "dependsOn"],
	}} with input as of(["complete"], [defect({"code": 1, "ref": 1})])
	control.findings == {{
		"code": "duplicate",
		"resource": "bom.json",
		"message": "data-9 is the identifier of more than one thing",
		"path": ["dependencies", 0, "dependsOn"],
	}} with input as of(["complete"], [defect({"code": "duplicate"})])
	control.findings == {{
		"code": "not_a_dependency",
		"resource": "bom.json",
		"message": "the model's dependencies leave out the dataset data-9, which its card names",
		"path": ["dependencies", 0, "dependsOn"],
	}} with input as of(["complete"], [defect({"code": "not_a_dependency"})])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "bom.json",
		"path": [],
		"reason": "a reference could not be read",
	}} with input as of(["complete"], ["x"])
	control.undetermined == {{
		"resource": "acme/scorer",
		"path": ["components", 0],
		"reason": "the BOM does not say whether it is complete about the model",
	}} with input as of([], [])
	control.undetermined == set() with input as of(["complete"], [defect({})])
}

codes := {finding.code | some finding in control.findings}

defect(changes) := object.union({"code": "dangling", "ref": "data-9", "path": ["dependencies", 0, "dependsOn"]}, changes)

of(aggregates, defects) := make.bom({"models": [make.model({"aggregates": aggregates})], "defects": defects}, {})
