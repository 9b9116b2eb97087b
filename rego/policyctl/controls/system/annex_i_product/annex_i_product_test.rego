package policyctl.controls.system.annex_i_product_test

import data.policyctl.controls.system.annex_i_product as control
import data.policyctl.testing.classified as make

test_a_system_that_is_no_such_product_passes if told(make.answering({}, {})) == passed

test_the_class_of_a_product_passes if {
	told(make.answering(_product, {"classes": [{"id": "high_risk", "route": "annex_i"}]})) == passed
}

test_a_product_without_the_class_is_a_finding if {
	told(make.answering(_product, {"classes": [{"id": "high_risk", "route": "annex_iii"}]})) == failed({{
		"code": "not_stated",
		"resource": "credit-scoring",
		"message": "by the answers the system is high-risk by Art. 6(1), and high-risk by Annex I is not among its classes",
		"path": ["classes"],
	}})
}

test_the_class_without_the_product_is_a_finding if {
	told(make.answering({}, {"classes": [{"id": "transparency"}, {"id": "high_risk", "route": "annex_i"}]})) == failed({{
		"code": "excluded",
		"resource": "credit-scoring",
		"message": "the class high_risk by annex_i is stated, which the answers exclude",
		"path": ["classes", 1],
	}})
}

test_an_answer_that_is_missing_leaves_it_undetermined if {
	told(make.answering(object.union(_product, {"annex_i.assessment": null}), {})) == open({{
		"resource": "credit-scoring",
		"path": ["answers", "annex_i"],
		"reason": "not decided by the answers is whether the system is high-risk as a product under Annex I, or its component; needed: annex_i.assessment (not answered)",
	}})
}

test_a_class_that_cannot_be_read_is_undetermined if {
	every broken in [7, {}, {"id": "high_risk"}, {"id": "high_risk", "route": "x"}] {
		told(make.answering({}, {"classes": [broken]})) == open({{"resource": "credit-scoring", "path": ["classes", 0], "reason": "this class cannot be read"}})
	}
}

_product := make.yes(["annex_i.product", "annex_i.section_a", "annex_i.assessment"])

test_a_system_without_answers_is_undetermined if {
	unanswered := told(make.unanswered)
	unanswered.resources == {"credit-scoring"}
	unanswered.findings == set()
	count(unanswered.undetermined) > 0
}

test_a_table_without_the_questions_decides_nothing if {
	undecided := control.undetermined with input as make.answering({}, {}) with data.policyctl.catalog as {}
	count(undecided) > 0
}

passed := {"resources": {"credit-scoring"}, "findings": set(), "undetermined": set()}

failed(findings) := object.union(passed, {"findings": findings})

open(doubts) := object.union(passed, {"undetermined": doubts})

told(document) := said if said := _said with input as document with data.policyctl.catalog as make.catalog

_said := {"resources": control.resources, "findings": control.findings, "undetermined": control.undetermined}
