package policyctl.controls.gpai.systemic_risks_mitigated_test

import data.policyctl.controls.gpai.systemic_risks_mitigated as control
import data.policyctl.testing.gpai as make

test_a_risk_with_source_and_measure_passes if {
	control.resources == {"r-1"} with input as of({})
	control.findings == set() with input as of({})
	control.undetermined == set() with input as of({})
}

test_without_risks_it_is_found if {
	every broken in [null, [], "", 7, {"0": risk}] {
		control.findings == {{
			"code": "no_risks",
			"resource": "r-1",
			"message": "no systemic risk at Union level is recorded as assessed",
			"path": ["risks"],
		}} with input as make.big({"risks": broken})
	}
}

test_a_risk_is_named if {
	control.findings == {{
		"code": "no_risk",
		"resource": "r-1",
		"message": "a systemic risk is not named: \"TBD\"",
		"path": ["risks", 0, "risk"],
	}} with input as of({"risk": "TBD"})
	{finding.message | some finding in control.findings} == {"a systemic risk is not named: \"\""} with input as make.big({"risks": [object.remove(risk, ["risk"])]})
}

test_a_risk_has_a_source if {
	control.findings == {{
		"code": "no_source",
		"resource": "r-1",
		"message": "the source of the systemic risk \"Attacks\" is not stated",
		"path": ["risks", 0, "source"],
	}} with input as of({"source": ""})
	codes == {"no_source"} with input as make.big({"risks": [risk, object.remove(risk, ["source"])]})
}

test_something_is_done_against_each_risk if {
	every broken in [null, [], "Refusals", ["TBD"], {"a": "Refusals"}] {
		control.findings == {{
			"code": "no_measure",
			"resource": "r-1",
			"message": "nothing is stated to be done against the systemic risk \"Attacks\"",
			"path": ["risks", 0, "measures"],
		}} with input as of({"measures": broken})
	}
	codes == {"no_measure"} with input as make.big({"risks": [object.remove(risk, ["measures"])]})
}

test_a_risk_without_a_day_is_undetermined if {
	every day in [null, "soon", "2026-02-30", "2026-11-22"] {
		codes == set() with input as of({"assessed": day})
		control.undetermined == {{
			"resource": "r-1",
			"path": ["risks", 0, "assessed"],
			"reason": "no day is stated on which the risk \"Attacks\" was assessed",
		}} with input as of({"assessed": day})
	}
	control.undetermined == set() with input as of({"assessed": "2026-11-21"})
}

test_an_entry_that_cannot_be_read_is_undetermined if {
	control.findings == set() with input as make.big({"risks": [risk, "x"]})
	control.undetermined == {{
		"resource": "r-1",
		"path": ["risks", 1],
		"reason": "the entry cannot be read",
	}} with input as make.big({"risks": [risk, "x"]})
}

test_a_model_without_systemic_risk_is_not_looked_at if {
	control.resources == set() with input as make.small({"risks": [{}, 7]})
	control.findings == set() with input as make.small({"risks": [{}, 7]})
	control.findings == set() with input as make.small({})
	control.undetermined == set() with input as make.small({"risks": [{}, 7]})
}

test_a_model_of_unknown_risk_is_undetermined if {
	control.resources == {"r-1"} with input as make.model({"risks": [{}, 7]})
	control.findings == set() with input as make.model({"risks": [{}, 7]})
	{entry.path | some entry in control.undetermined} == {["systemic_risk"], ["training_compute"]} with input as make.model({"risks": [{}, 7]})
}

codes := {finding.code | some finding in control.findings}

risk := {"risk": "Attacks", "source": "Finding flaws", "assessed": "2026-02-10", "measures": ["Refusals"]}

of(changes) := make.big({"risks": [object.union(risk, changes)]})
