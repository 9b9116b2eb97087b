package policyctl.controls.impact.signed_before_use_test

import data.policyctl.controls.impact.signed_before_use as control
import data.policyctl.testing.record as make

test_an_assessment_signed_on_the_day_before_passes if {
	passes with input as of("2026-10-02", {"day": "2026-10-01"})
}

test_one_signed_on_the_day_of_the_first_use_is_late if {
	control.findings == {{
		"code": "signed_late",
		"resource": "r-1",
		"message": "the assessment was signed on 2026-10-02, not before the first use on 2026-10-02",
		"path": ["signed", "day"],
	}} with input as of("2026-10-02", {"day": "2026-10-02"})
	codes == {"signed_late"} with input as of("2026-10-02", {"day": "2026-11-21"})
}

test_a_system_in_use_has_a_signed_assessment if {
	every broken in [null, 7, "soon", [], "2026-11-22"] {
		control.findings == {{
			"code": "not_signed",
			"resource": "r-1",
			"message": "the system is in use since 2026-11-21 and no day is recorded on which the assessment was signed",
			"path": ["signed"],
		}} with input as of("2026-11-21", {"day": broken})
		passes with input as of("2026-11-22", {"day": broken})
	}
	every broken in [null, 7, "x", [], {}] {
		codes == {"not_signed"} with input as make.of_kind("impact_assessment", {"first_use": "2026-10-02", "signed": broken}, {})
	}
	codes == {"not_signed"} with input as make.of_kind("impact_assessment", {"first_use": "2026-10-02"}, {})
}

test_a_person_signs_in_a_function if {
	every broken in [null, 7, "TBD", [], {}] {
		control.findings == {{
			"code": "no_signatory",
			"resource": "r-1",
			"message": "no person is named who signed the assessment",
			"path": ["signed", "by"],
		}} with input as of("2026-10-02", {"by": broken})
		control.findings == {{
			"code": "no_function",
			"resource": "r-1",
			"message": "the function of who signed the assessment is not stated",
			"path": ["signed", "role"],
		}} with input as of("2026-10-02", {"role": broken})
	}
	codes == {"no_signatory"} with input as of("2026-10-02", {"by": "HR Team"})
	codes == {"no_signatory", "no_function"} with input as make.of_kind("impact_assessment", {"first_use": "2026-10-02", "signed": {"day": "2026-10-01"}}, {})
}

test_without_the_first_use_nothing_can_be_told if {
	every broken in [null, 7, "soon", [], {}] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["first_use"],
			"reason": "the day of the first use, before which the assessment is due, is not stated",
		}} with input as of(broken, {})
		codes == set() with input as of(broken, {})
	}
	count(control.undetermined) == 1 with input as make.of_kind("impact_assessment", {}, {})
	codes == set() with input as make.of_kind("impact_assessment", {}, {})
	control.resources == {"r-1"} with input as make.of_kind("impact_assessment", {}, {})
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

of(first_use, changes) := make.of_kind(
	"impact_assessment",
	{"first_use": first_use, "signed": object.union({"by": "Marit Solheim", "role": "Head of credit", "day": "2026-10-01"}, changes)},
	{},
)
