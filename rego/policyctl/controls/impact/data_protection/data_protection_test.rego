package policyctl.controls.impact.data_protection_test

import data.policyctl.controls.impact.data_protection as control
import data.policyctl.testing.record as make

test_a_linked_assessment_passes if {
	passes with input as linked({})
}

test_without_personal_data_none_is_needed if {
	passes with input as make.of_kind("impact_assessment", {"personal_data": false}, {})
	passes with input as make.of_kind("impact_assessment", {"personal_data": false, "data_protection_assessment": {"reference": "DPIA-7"}}, {})
}

test_a_reason_for_none_passes if {
	passes with input as make.of_kind("impact_assessment", {"personal_data": true, "no_data_protection_assessment": "No high risk, note of the officer"}, {})
	codes == {"not_linked"} with input as make.of_kind("impact_assessment", {"personal_data": true, "no_data_protection_assessment": "n/a"}, {})
}

test_personal_data_without_an_assessment_fail if {
	every broken in [null, 7, "TBD", [], {}] {
		control.findings == {{
			"code": "not_linked",
			"resource": "r-1",
			"message": "personal data are processed, and neither a data protection impact assessment is named nor why there is none",
			"path": ["data_protection_assessment"],
		}} with input as linked({"reference": broken, "evidence": null})
		codes == {"not_linked"} with input as make.of_kind("impact_assessment", {"personal_data": true, "data_protection_assessment": broken}, {})
	}
}

test_the_assessment_is_shown if {
	every broken in [null, 7, "x", [], {}] {
		control.findings == {{
			"code": "no_evidence",
			"resource": "r-1",
			"message": "the data protection impact assessment DPIA-7 is not named by its digest",
			"path": ["data_protection_assessment", "evidence"],
		}} with input as linked({"evidence": broken})
	}
	codes == {"no_evidence"} with input as make.of_kind("impact_assessment", {"personal_data": true, "data_protection_assessment": {"reference": "DPIA-7"}}, {})
	every state, message in {"changed": "the file of the data protection impact assessment DPIA-7 is not what its digest says", "missing": "the file of the data protection impact assessment DPIA-7 is not there"} {
		control.findings == {{
			"code": sprintf("evidence_%s", [state]),
			"resource": "r-1",
			"message": message,
			"path": ["data_protection_assessment", "evidence"],
		}} with input as linked({"evidence": [{"title": "D", "sha256": make.digest, "state": state}]})
	}
}

test_whether_there_are_personal_data_is_stated if {
	every broken in [null, 7, "yes", [], {}] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["personal_data"],
			"reason": "whether personal data are processed is not stated",
		}} with input as make.of_kind("impact_assessment", {"personal_data": broken}, {})
		codes == set() with input as make.of_kind("impact_assessment", {"personal_data": broken}, {})
	}
	count(control.undetermined) == 1 with input as make.of_kind("impact_assessment", {}, {})
	control.resources == {"r-1"} with input as make.of_kind("impact_assessment", {}, {})
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

linked(changes) := make.of_kind(
	"impact_assessment",
	{"personal_data": true, "data_protection_assessment": object.union({"reference": "DPIA-7", "evidence": [make.evidence("DPIA-7")]}, changes)},
	{},
)
