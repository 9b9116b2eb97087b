package policyctl.classification_test

import data.policyctl.classification
import data.policyctl.testing.classification as make

answer(changes) := found if {
	found := classification.classification with input as make.described(changes, {}) with data.policyctl.catalog as make.catalog
}

test_a_system_with_every_answer_is_decided if {
	result := answer({})
	result.decided == true
	result.needed == []
	result.as_of == "2026-11-21"
}

test_one_class_that_is_open_leaves_it_undecided if {
	result := answer({"gpai.systemic_risk": null, "gpai.model": {"answer": "yes"}})
	result.decided == false
	result.needed == [{
		"question": "gpai.systemic_risk",
		"clause": "Art. 51(1)",
		"text": "gpai.systemic_risk",
		"why": "not answered",
		"for": ["gpai_systemic by Art. 51(1)"],
	}]
}

test_what_is_needed_comes_in_the_order_of_the_questions_each_once if {
	result := answer({"scope.union": null, "roles.importer": null, "practices.a": null, "annex_iii.employment": null})
	[entry.question | some entry in result.needed] == ["scope.union", "roles.importer", "practices.a", "annex_iii.employment"]
	opened := answer({"scope.ai_system": {"answer": "unknown"}, "gpai.model": null, "annex_i.product": null, "roles.importer": null})
	[entry.question | some entry in opened.needed] == ["roles.importer", "gpai.model"]
}

test_several_documents_are_answered_in_their_order if {
	documents := [make.described({}, {}), make.described({"roles.importer": null}, {})]
	found := classification.classifications with input as {"documents": documents} with data.policyctl.catalog as make.catalog
	[one.decided | some one in found] == [true, false]
}

test_a_class_without_a_result_leaves_no_classification if {
	broken := json.patch(make.catalog, [{"op": "remove", "path": "/classification/clauses/Art. 6(1)"}])
	not defined(broken)
}

defined(catalog) if {
	_ = classification.classification with input as make.described({}, {}) with data.policyctl.catalog as catalog
}
