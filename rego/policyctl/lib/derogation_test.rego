package policyctl.lib.derogation_test

import data.policyctl.lib.derogation
import data.policyctl.testing.classified as make

test_who_says_so_relies_on_it_with_evidence_or_without if {
	claimed(make.derogated)
	claimed(object.union(object.remove(make.derogated, [relied_on]), {relied_on: {"answer": "yes"}}))
}

test_no_to_the_question_or_to_the_group_is_no_claim if {
	not claimed(make.employing)
	claims(make.employing) == set()
	claims(object.union(make.derogated, make.no([relied_on]))) == set()
}

test_without_a_listed_use_there_is_nothing_to_claim if {
	claims(object.union(make.derogated, make.yes(["scope.military"]))) == set()
}

test_what_is_not_decided_is_a_claim_that_may_be if {
	open := object.union(make.derogated, {"annex_iii.employment.a": null})
	not claimed(open)
	claims(open) == {"credit-scoring"}
}

test_why_an_answer_does_not_count if {
	why({"answer": "yes", "evidence": "Minutes 5"}) == ""
	why({"answer": "unknown"}) == "answered unknown"
	why({}) == "not answered"
	why({"answer": "yes"}) == "this answer lowers a class or takes a role away, and has no evidence"
}

claimed(changes) if derogation.claimed with input as make.answering(changes, {}) with data.policyctl.catalog as make.catalog

claims(changes) := found if {
	found := derogation.claims with input as make.answering(changes, {}) with data.policyctl.catalog as make.catalog
}

why(answer) := text if {
	answered := make.answering({"derogation": null, "derogation.assessed.documented": answer}, {})
	text := derogation.missing("derogation.assessed.documented") with input as answered with data.policyctl.catalog as make.catalog
}

relied_on := "derogation.assessed.relied_on"
