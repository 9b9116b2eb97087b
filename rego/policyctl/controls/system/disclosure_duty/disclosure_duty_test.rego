package policyctl.controls.system.disclosure_duty_test

import data.policyctl.controls.system.disclosure_duty as control
import data.policyctl.testing.classified as make

test_a_duty_that_is_excluded_with_evidence_passes if passed == told(make.answering({}, {}))

test_a_duty_without_the_class_is_a_finding if {
	told(make.answering(make.yes(["transparency.deep_fake"]), {})) == failed({{
		"code": "not_stated",
		"resource": "credit-scoring",
		"message": "by the answers Art. 50(4) asks for information, and transparency is not among the system's classes: transparency.deep_fake (evidence: Minutes 5)",
		"path": ["classes"],
	}})
}

test_another_class_does_not_state_it if {
	count(told(make.answering(make.yes(["transparency.deep_fake"]), {"classes": [{"id": "gpai"}]})).findings) == 1
}

test_a_duty_with_the_class_passes if {
	told(make.answering(make.yes(["transparency.deep_fake"]), {"classes": [{"id": "transparency"}]})) == passed
}

test_the_duty_of_another_paragraph_is_none_of_its_findings if {
	told(make.answering(make.yes(["transparency.interaction"]), {})) == passed
}

test_a_text_for_the_public_is_enough if {
	count(told(make.answering(make.yes(["transparency.public_text"]), {})).findings) == 1
}

test_an_answer_that_is_missing_leaves_it_undetermined if {
	told(make.answering({"transparency.deep_fake": null}, {})) == object.union(passed, {"undetermined": {{
		"resource": "credit-scoring",
		"path": ["answers", "transparency"],
		"reason": "not decided by the answers is whether there is a duty by Art. 50(4); needed: transparency.deep_fake (not answered)",
	}}})
}

test_a_system_without_answers_is_undetermined if {
	unanswered := told(make.unanswered)
	object.remove(unanswered, ["undetermined"]) == object.remove(passed, ["undetermined"])
	count(unanswered.undetermined) == 1
}

test_a_table_without_the_question_decides_nothing if {
	undecided := control.undetermined with input as make.answering({}, {}) with data.policyctl.catalog as {}
	count(undecided) == 1
}

passed := {"resources": {"credit-scoring"}, "findings": set(), "undetermined": set()}

failed(findings) := object.union(passed, {"findings": findings})

told(document) := said if said := _said with input as document with data.policyctl.catalog as make.catalog

_said := {"resources": control.resources, "findings": control.findings, "undetermined": control.undetermined}
