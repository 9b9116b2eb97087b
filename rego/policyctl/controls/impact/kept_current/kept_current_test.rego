package policyctl.controls.impact.kept_current_test

import data.policyctl.controls.impact.kept_current as control
import data.policyctl.testing.record as make

test_an_unchanged_use_passes if {
	passes with input as of(false, [])
	passes with input as make.of_kind("impact_assessment", {"changed": false}, parameters)
}

test_an_update_on_the_day_of_the_change_or_later_passes if {
	passes with input as of(true, [change({"updated": "2026-10-01"}), change({"updated": "2026-11-21"})])
	codes == {"not_updated"} with input as of(true, [change({"updated": "2026-09-30"})])
	codes == {"not_updated"} with input as of(true, [change({"updated": "2026-11-22"})])
	codes == {"not_updated"} with input as of(false, [change({})])
}

test_a_change_is_taken_up_within_thirty_days if {
	passes with input as of(true, [change({"day": "2026-10-22"})])
	control.findings == {{
		"code": "not_updated",
		"resource": "r-1",
		"message": "the assessment was not updated for the change \"Use online\" of 2026-10-21; 2026-11-20 was the last day for it",
		"path": ["changes", 1, "updated"],
	}} with input as of(true, [change({"updated": "2026-10-02"}), change({"day": "2026-10-21"})])
	every broken in [null, 7, "TBD", [], {}] {
		codes == {"not_updated"} with input as of(true, [change({"updated": broken})])
	}
	{finding.message | some finding in control.findings} == {"the assessment was not updated for change 1 of 2026-10-01; 2026-10-31 was the last day for it"} with input as of(true, [{"what": "TBD", "day": "2026-10-01"}])
}

test_an_update_for_another_day_is_told if {
	{finding.message | some finding in control.findings} == {"the assessment was not updated for the change \"Use online\" of 2026-10-01; 2026-10-31 was the last day for it, and its update is recorded for 2026-09-30"} with input as of(true, [change({"updated": "2026-09-30"})])
}

test_changes_are_listed if {
	every broken in [null, 7, "x", [], {}, {"a": change({})}] {
		control.findings == {{
			"code": "not_listed",
			"resource": "r-1",
			"message": "the assessed use has changed and no change is recorded",
			"path": ["changes"],
		}} with input as of(true, broken)
	}
}

test_whether_it_changed_is_stated if {
	every broken in [null, 7, "no", [], {}] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["changed"],
			"reason": "whether the assessed use has changed is not stated",
		}} with input as of(broken, [])
		codes == set() with input as of(broken, [])
	}
	control.resources == {"r-1"} with input as make.of_kind("impact_assessment", {}, parameters)
	count(control.undetermined) == 1 with input as make.of_kind("impact_assessment", {}, parameters)
}

test_a_change_without_a_day_is_undetermined if {
	every broken in [null, 7, "soon", [], {}] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["changes", 1, "day"],
			"reason": "the day of the change \"Use online\" is not stated",
		}} with input as of(true, [change({"updated": "2026-10-02"}), change({"day": broken})])
		control.undetermined == {{"resource": "r-1", "path": ["changes", 0, "day"], "reason": "the day of change 1 is not stated"}} with input as of(true, [broken])
	}
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

change(changes) := object.union({"what": "Use online", "day": "2026-10-01"}, changes)

of(changed, changes) := make.of_kind("impact_assessment", {"changed": changed, "changes": changes}, parameters)

parameters := {"impact": {"kept_current": {"maximum_days": 30}}}
