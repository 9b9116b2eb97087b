package policyctl.controls.system.derogation_documented_test

import data.policyctl.controls.system.derogation_documented as control
import data.policyctl.testing.classified as make

test_a_documented_assessment_passes if told(make.answering(make.derogated, {})) == passed

test_a_derogation_that_is_not_relied_on_is_not_looked_at if {
	told(make.answering(make.employing, {})) == object.union(passed, {"resources": set()})
}

test_no_document_is_a_finding if {
	told(make.answering(object.union(make.derogated, make.no(["derogation.assessed.documented"])), {})) == failed({{
		"code": "not_documented",
		"resource": "credit-scoring",
		"message": "the derogation of Art. 6(3) is relied on, and its assessment was not documented before the system was offered or used",
		"path": ["answers", "derogation.assessed.documented"],
	}})
}

test_no_document_needs_no_evidence_to_be_a_finding_and_no_doubt if {
	none := object.union(object.remove(make.derogated, ["derogation.assessed.documented"]), {"derogation": null, "derogation.assessed.documented": {"answer": "no"}})
	found := told(make.answering(none, {}))
	{finding.code | some finding in found.findings} == {"not_documented"}
	found.undetermined == set()
}

test_no_document_is_no_finding_while_nobody_says_that_it_is_relied_on if {
	open_claim := object.union_n([make.derogated, {"derogation.assessed.relied_on": null}, make.no(["derogation.assessed.documented"])])
	found := told(make.answering(open_claim, {}))
	found.findings == set()
	count(found.undetermined) == 1
}

test_a_document_that_nobody_can_find_is_undetermined if {
	claimed := object.union(
		object.remove(make.derogated, ["derogation.assessed.documented"]),
		{"derogation": null, "derogation.assessed.documented": {"answer": "yes"}},
	)
	told(make.answering(claimed, {})) == open({{
		"resource": "credit-scoring",
		"path": ["answers", "derogation.assessed"],
		"reason": "not decided by the answers is whether the assessment is documented; needed: derogation.assessed.documented (this answer lowers a class or takes a role away, and has no evidence)",
	}})
}

test_what_nobody_answers_is_undetermined if {
	every answer, why in {"missing": "not answered", "unknown": "answered unknown"} {
		said := {"missing": null, "unknown": {"answer": "unknown"}}[answer]
		told(make.answering(object.union(object.remove(make.derogated, ["derogation.assessed.documented"]), {"derogation.assessed.documented": said}), {})) == open({{
			"resource": "credit-scoring",
			"path": ["answers", "derogation.assessed"],
			"reason": sprintf("not decided by the answers is whether the assessment is documented; needed: derogation.assessed.documented (%s)", [why]),
		}})
	}
}

test_a_use_that_is_not_decided_is_undetermined if {
	unclear := object.union(make.derogated, {"annex_iii.employment.a": null})
	told(make.answering(unclear, {})) == open({{
		"resource": "credit-scoring",
		"path": ["answers", "annex_iii"],
		"reason": "not decided by the answers is whether Annex III lists a use of the system; needed: annex_iii.employment.a (not answered)",
	}})
}

test_whether_it_is_relied_on_may_be_undecided if {
	told(make.answering(object.union(make.employing, {"derogation.assessed": null}), {})) == open({{
		"resource": "credit-scoring",
		"path": ["answers", "derogation.assessed"],
		"reason": "not decided by the answers is whether the derogation of Art. 6(3) is relied on; needed: derogation.assessed.relied_on (not answered)",
	}})
}

test_a_system_without_answers_is_undetermined if {
	unanswered := told(make.unanswered)
	unanswered.resources == {"credit-scoring"}
	unanswered.findings == set()
	count(unanswered.undetermined) > 0
}

test_a_table_without_the_questions_decides_nothing if {
	undecided := control.undetermined with input as make.answering(make.derogated, {}) with data.policyctl.catalog as {}
	count(undecided) > 0
}

passed := {"resources": {"credit-scoring"}, "findings": set(), "undetermined": set()}

failed(findings) := object.union(passed, {"findings": findings})

open(doubts) := object.union(passed, {"undetermined": doubts})

told(document) := said if said := _said with input as document with data.policyctl.catalog as make.catalog

_said := {"resources": control.resources, "findings": control.findings, "undetermined": control.undetermined}
