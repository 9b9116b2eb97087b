package policyctl.controls.gpai.systemic_risk_notified_test

import data.policyctl.controls.gpai.systemic_risk_notified as control
import data.policyctl.testing.gpai as make

test_a_notification_within_two_weeks_passes if {
	control.resources == {"r-1"} with input as of({"known": "2026-01-12", "notified": "2026-01-26"})
	control.findings == set() with input as of({"known": "2026-01-12", "notified": "2026-01-26"})
	control.undetermined == set() with input as of({"known": "2026-01-12", "notified": "2026-01-26"})
}

test_a_notification_a_day_later_is_late if {
	control.findings == {{
		"code": "notified_late",
		"resource": "r-1",
		"message": "the Commission was notified of the systemic risk on 2026-01-27, and was to be by 2026-01-26",
		"path": ["systemic_risk", "notified"],
	}} with input as of({"known": "2026-01-12", "notified": "2026-01-27"})
}

test_after_two_weeks_without_notification_it_is_found if {
	control.findings == {{
		"code": "not_notified",
		"resource": "r-1",
		"message": "the Commission is not notified of the systemic risk, and was to be by 2026-11-20",
		"path": ["systemic_risk", "notified"],
	}} with input as of({"known": "2026-11-06"})
	control.undetermined == set() with input as of({"known": "2026-11-06"})
}

test_until_then_it_is_undetermined if {
	control.findings == set() with input as of({"known": "2026-11-07"})
	control.undetermined == set() with input as of({"known": "2026-11-07", "notified": "2026-11-10"})
	control.undetermined == {{
		"resource": "r-1",
		"path": ["systemic_risk", "notified"],
		"reason": "the Commission is to be notified of the systemic risk by 2026-11-21",
	}} with input as of({"known": "2026-11-07"})
}

test_a_notification_to_come_is_none if {
	codes == {"not_notified"} with input as of({"known": "2026-01-12", "notified": "2026-11-22"})
	codes == {"notified_late"} with input as of({"known": "2026-01-12", "notified": "2026-11-21"})
	codes == {"not_notified"} with input as of({"known": "2026-02-20", "notified": "2026-02-30"})
}

test_the_day_on_the_market_counts_where_no_other_is_stated if {
	document := object.union(of({}), {"facts": {"placed_on_market": "2026-03-02"}})
	{finding.message | some finding in control.findings} == {"the Commission is not notified of the systemic risk, and was to be by 2026-03-16"} with input as document
	unread := object.union(of({"known": "2026-02-30"}), {"facts": {"placed_on_market": "2026-03-02"}})
	codes == {"not_notified"} with input as unread
	today := object.union(of({}), {"facts": {"placed_on_market": "2026-11-21"}})
	{entry.reason | some entry in control.undetermined} == {"the Commission is to be notified of the systemic risk by 2026-12-05"} with input as today
	later := object.union(of({}), {"facts": {"placed_on_market": "2026-11-22"}})
	{entry.path | some entry in control.undetermined} == {["systemic_risk", "known"]} with input as later
}

test_the_day_on_the_market_never_shows_that_a_notification_was_in_time if {
	early := object.union(of({"notified": "2026-03-10"}), {"facts": {"placed_on_market": "2026-03-02"}})
	control.findings == set() with input as early
	{entry.path | some entry in control.undetermined} == {["systemic_risk", "known"]} with input as early
	late := object.union(of({"notified": "2026-03-17"}), {"facts": {"placed_on_market": "2026-03-02"}})
	codes == {"notified_late"} with input as late
}

test_the_day_on_which_it_was_known_comes_first if {
	document := object.union(of({"known": "2026-01-12"}), {"facts": {"placed_on_market": "2026-03-02"}})
	{finding.message | some finding in control.findings} == {"the Commission is not notified of the systemic risk, and was to be by 2026-01-26"} with input as document
}

test_without_any_day_it_cannot_be_told if {
	every changes in [{}, {"known": "2026-02-30"}, {"notified": "2026-01-20"}] {
		control.findings == set() with input as of(changes)
		control.undetermined == {{
			"resource": "r-1",
			"path": ["systemic_risk", "known"],
			"reason": "the day on which it became known that the model meets the condition for systemic risk is not stated",
		}} with input as of(changes)
	}
}

test_what_the_commission_designated_needs_no_notification if {
	control.findings == set() with input as of({"designated": "2026-11-21"})
	control.undetermined == set() with input as of({"designated": "2026-11-21"})
	every changes in [{"known": "2026-01-12"}, {"known": "2026-11-07"}, {"known": "2026-01-12", "notified": "2026-01-27"}] {
		control.findings == set() with input as of(object.union(changes, {"designated": "2026-11-21"}))
		control.undetermined == set() with input as of(object.union(changes, {"designated": "2026-11-21"}))
	}
	codes == {"not_notified"} with input as of({"known": "2026-01-12", "designated": "2026-11-22"})
	codes == {"not_notified"} with input as of({"known": "2026-01-12", "designated": "2026-02-30"})
}

test_nothing_was_due_before_the_duty_applied if {
	codes == set() with input as of({"known": "2025-07-01", "notified": "2025-08-02"})
	codes == {"notified_late"} with input as of({"known": "2025-07-01", "notified": "2025-08-03"})
}

test_a_model_from_before_has_until_the_transition_ends if {
	document := object.union(of({"known": "2025-07-01"}), {"facts": {"placed_on_market": "2025-08-01"}})
	{entry.reason | some entry in control.undetermined} == {"the Commission is to be notified of the systemic risk by 2027-08-02"} with input as document
}

test_a_model_without_systemic_risk_is_not_looked_at if {
	control.resources == set() with input as make.small({})
	control.findings == set() with input as make.small({})
	control.undetermined == set() with input as make.small({})
}

test_a_model_of_unknown_risk_is_undetermined if {
	control.resources == {"r-1"} with input as make.model({})
	control.findings == set() with input as make.model({})
	count(control.undetermined) == 2 with input as make.model({})
}

codes := {finding.code | some finding in control.findings}

of(changes) := make.big({"systemic_risk": object.union({"present": true}, changes)})
