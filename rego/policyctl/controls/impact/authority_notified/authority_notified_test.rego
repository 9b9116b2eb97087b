package policyctl.controls.impact.authority_notified_test

import data.policyctl.controls.impact.authority_notified as control
import data.policyctl.testing.record as make

test_a_notification_on_the_last_day_passes if {
	passes with input as notified({"day": "2026-10-31"})
	control.findings == {{
		"code": "notified_late",
		"resource": "r-1",
		"message": "the authority was notified on 2026-11-01; 2026-10-31 was the last day for it",
		"path": ["notification", "day"],
	}} with input as notified({"day": "2026-11-01"})
}

test_without_a_notification_the_day_after_the_last_fails if {
	control.findings == {{
		"code": "not_notified",
		"resource": "r-1",
		"message": "no notification of the authority is recorded; 2026-11-20 was the last day for it",
		"path": ["notification"],
	}} with input as of({"signed": {"day": "2026-10-21"}})
	passes with input as of({"signed": {"day": "2026-10-22"}})
	every broken in [null, 7, "soon", [], "2026-11-22"] {
		codes == {"not_notified"} with input as notified({"day": broken})
		codes == {"not_notified"} with input as of({"notification": broken})
	}
}

test_a_reason_for_none_passes if {
	passes with input as of({"not_notified": "Authorised under Article 46(1)"})
	codes == {"not_notified"} with input as of({"not_notified": "n/a"})
	passes with input as object.union(notified({"day": "2026-11-01"}), {"facts": {"not_notified": "Authorised under Article 46(1)"}})
}

test_an_authority_is_named if {
	every broken in [null, 7, "TBD", [], {}] {
		control.findings == {{
			"code": "no_addressee",
			"resource": "r-1",
			"message": "which authority was notified is not stated",
			"path": ["notification", "to"],
		}} with input as notified({"to": broken})
	}
}

test_what_was_submitted_is_shown if {
	every broken in [null, 7, "x", [], {}] {
		control.findings == {{
			"code": "no_evidence",
			"resource": "r-1",
			"message": "what was submitted to the authority is not named by its digest",
			"path": ["notification", "evidence"],
		}} with input as notified({"evidence": broken})
	}
	every state, message in {"changed": "the file of what was submitted to the authority is not what its digest says", "missing": "the file of what was submitted to the authority is not there"} {
		control.findings == {{
			"code": sprintf("evidence_%s", [state]),
			"resource": "r-1",
			"message": message,
			"path": ["notification", "evidence"],
		}} with input as notified({"evidence": [{"title": "T", "sha256": make.digest, "state": state}]})
	}
	codes == {"no_evidence", "no_addressee"} with input as of({"notification": {"day": "2026-10-02"}})
}

test_an_assessment_that_article_27_does_not_ask_for_is_not_looked_at if {
	every facts in [{}, {"signed": {}}, {"notification": {"day": "2026-11-01"}}] {
		control.resources == set() with input as of(object.union(facts, {"article_27": false}))
		codes == set() with input as of(object.union(facts, {"article_27": false}))
		control.undetermined == set() with input as of(object.union(facts, {"article_27": false}))
	}
}

test_whether_article_27_asks_for_it_is_stated if {
	every broken in [null, 7, "yes", [], {}] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["article_27"],
			"reason": "whether Article 27 asks for this assessment is not stated",
		}} with input as of({"article_27": broken})
		codes == set() with input as of({"article_27": broken, "notification": {"day": "2026-11-01"}})
		control.resources == {"r-1"} with input as of({"article_27": broken})
	}
	count(control.undetermined) == 1 with input as make.of_kind("impact_assessment", {}, parameters)
	control.resources == {"r-1"} with input as make.of_kind("impact_assessment", {}, parameters)
}

test_without_a_signature_no_time_counts if {
	every broken in [null, 7, "x", [], {"day": "soon"}] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["signed"],
			"reason": "the day on which the assessment was signed, from which the time counts, is not stated",
		}} with input as of({"signed": broken})
		codes == set() with input as of({"signed": broken})
	}
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

notified(changes) := of({"notification": object.union({"to": "Datatilsynet", "day": "2026-10-02", "evidence": [make.evidence("Template")]}, changes)})

of(facts) := make.of_kind("impact_assessment", object.union({"article_27": true, "signed": {"day": "2026-10-01"}}, facts), parameters)

parameters := {"impact": {"authority_notified": {"maximum_days": 30}}}
