package policyctl.controls.system.manipulation_test

import data.policyctl.controls.system.manipulation as control
import data.policyctl.testing.classified as make

test_a_practice_that_is_excluded_with_evidence_passes if passed == told(make.answering({}, {}))

test_the_practice_is_a_finding if {
	told(make.answering(_whole, {})) == failed({{
		"code": "prohibited",
		"resource": "credit-scoring",
		"message": "by the answers the system is a practice of Art. 5(1)(a), which applies from 2025-02-02: It manipulates. (evidence: Minutes 5) It harms. (evidence: Minutes 5) Not so: It is excepted. (evidence: Minutes 5)",
		"path": ["answers", "practices.a"],
	}})
}

test_another_practice_is_none_of_its_findings if {
	told(make.answering(make.yes(["practices.h"]), {})) == passed
}

_whole := object.union_n([
	{"practices.a": null},
	make.yes(["practices.a.technique", "practices.a.harm"]),
	make.shown(["practices.a.excepted"]),
])

test_an_answer_that_is_missing_leaves_it_undetermined if {
	told(make.answering({"practices.a": null}, {})) == object.union(passed, {"undetermined": {{
		"resource": "credit-scoring",
		"path": ["answers", "practices.a"],
		"reason": "not decided by the answers is whether the system is a practice of Art. 5(1)(a); needed: practices.a (not answered)",
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
