package policyctl.controls.impact.measures_planned_test

import data.policyctl.controls.impact.measures_planned as control
import data.policyctl.testing.record as make

test_a_measure_for_each_harm_passes if {
	passes with input as of([group([harm(["A second look"]), harm(["Redress"])]), {"group": "Officers", "no_harm": "They decide alone"}], {})
}

test_a_harm_without_a_measure_fails if {
	every broken in [null, 7, "A second look", [], {}, ["TBD"], ["A second look", ""]] {
		control.findings == {{
			"code": "no_measure",
			"resource": "r-1",
			"message": "no measure is planned for the case that harm 2 to \"Applicants\" comes about",
			"path": ["affected", 0, "harms", 1, "measures"],
		}} with input as of([group([harm(["A second look"]), harm(broken)])], {})
		codes == {"no_measure"} with input as of([group([broken])], {})
	}
	codes == {"no_measure"} with input as of([group([{"harm": "Refusal"}])], {})
}

test_governance_and_complaints_are_described if {
	control.findings == {
		{"code": "no_governance", "resource": "r-1", "message": "who decides in the organisation when a risk comes about is not described", "path": ["governance"]},
		{"code": "no_complaints", "resource": "r-1", "message": "where affected persons can complain is not described", "path": ["complaints"]},
	} with input as make.of_kind("impact_assessment", {"affected": [group([harm(["A second look"])])]}, {})
	every broken in [null, 7, "TBD", [], {}] {
		codes == {"no_governance"} with input as of([group([harm(["A second look"])])], {"governance": broken})
		codes == {"no_complaints"} with input as of([group([harm(["A second look"])])], {"complaints": broken})
	}
}

test_where_no_harm_is_named_nothing_can_be_told if {
	every broken in [null, 7, "x", [], {}] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["affected"],
			"reason": "nobody is named whom the use affects, so against which harms measures are needed is not known",
		}} with input as of(broken, {})
		control.undetermined == {{
			"resource": "r-1",
			"path": ["affected", 1],
			"reason": "no harm to \"Applicants\" is named, so against what measures are needed is not known",
		}} with input as of([group([harm(["A second look"])]), group(broken)], {})
		codes == set() with input as of([group(broken)], {})
	}
	control.resources == {"r-1"} with input as make.of_kind("impact_assessment", {}, {})
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

group(harms) := {"group": "Applicants", "harms": harms}

harm(measures) := {"harm": "Refusal", "measures": measures}

of(affected, changes) := make.of_kind(
	"impact_assessment",
	object.union({"affected": affected, "governance": "A committee decides", "complaints": "To the ombudsperson"}, changes),
	{},
)
