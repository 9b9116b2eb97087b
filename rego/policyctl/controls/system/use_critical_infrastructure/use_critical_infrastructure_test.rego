package policyctl.controls.system.use_critical_infrastructure_test

import data.policyctl.controls.system.use_critical_infrastructure as control
import data.policyctl.testing.classified as make

test_a_use_that_is_excluded_with_evidence_passes if passed == told(make.answering({}, {}))

test_a_use_without_the_class_is_a_finding if {
	told(make.answering(_used, {})) == failed({{
		"code": "not_stated",
		"resource": "credit-scoring",
		"message": "by the answers the system is used as Annex III(2) lists, and high-risk by Annex III is not among its classes: annex_iii.critical_infrastructure (evidence: Minutes 5)",
		"path": ["classes"],
	}})
}

test_the_class_by_the_other_route_is_not_this_one if {
	count(told(make.answering(_used, {"classes": [{"id": "high_risk", "route": "annex_i"}]})).findings) == 1
}

test_a_use_with_the_class_passes if {
	told(make.answering(_used, {"classes": [{"id": "high_risk", "route": "annex_iii"}]})) == passed
}

test_a_use_of_another_point_is_none_of_its_findings if {
	told(make.answering(make.yes(["annex_iii.migration"]), {})) == passed
}

_used := make.yes(["annex_iii.critical_infrastructure", "safety.component"])

test_an_answer_that_is_missing_leaves_it_undetermined if {
	told(make.answering(object.union(make.yes(["safety.component"]), {"annex_iii.critical_infrastructure": null}), {})) == object.union(passed, {"undetermined": {{
		"resource": "credit-scoring",
		"path": ["answers", "annex_iii.critical_infrastructure"],
		"reason": "not decided by the answers is whether the system is used as Annex III(2) lists; needed: annex_iii.critical_infrastructure (not answered)",
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
