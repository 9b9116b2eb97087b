package policyctl.classification.answers_test

import data.policyctl.classification.answers
import data.policyctl.testing.classification as make

said(changes, name) := answer if {
	answer := answers.said(name) with input as make.described(changes, {}) with data.policyctl.catalog as make.catalog
}

objection(changes, facts, path, name) := text if {
	text := answers.objection(path, name) with input as make.described(changes, facts) with data.policyctl.catalog as make.catalog
}

test_what_is_no_answer_is_missing if {
	said({"scope.union": {"answer": "no"}}, "scope.union") == "no"
	said({"scope.union": null}, "scope.union") == "missing"
	every broken in [{}, {"answer": "perhaps"}, {"answer": true}, "yes", 7] {
		said({"scope.union": broken}, "scope.union") == "missing"
	}
}

test_a_group_is_answered_as_a_whole_or_in_part_or_not_at_all if {
	whole({}) == true
	whole({"practices.a": null}) == false
	untouched({"practices.a": null}) == true
	untouched({"practices.a": null, "practices.a.harm": {"answer": "unknown"}}) == true
	untouched({"practices.a": null, "practices.a.harm": {"answer": "no"}}) == false
	untouched({}) == false
}

whole(changes) := answer if {
	answer := answers.whole("practices.a") with input as make.described(changes, {}) with data.policyctl.catalog as make.catalog
}

untouched(changes) := answer if {
	answer := answers.untouched("practices.a") with input as make.described(changes, {}) with data.policyctl.catalog as make.catalog
}

test_an_answer_without_evidence_is_objected_to if {
	objection({}, {}, "scope.union", "scope.union") == ""
	contains(objection({"scope": null}, {}, "scope.union", "scope.union"), "has no evidence")
	contains(objection({"scope": {"evidence": "TBD"}}, {}, "scope.union", "scope.union"), "has no evidence")
	objection({"scope": null, "scope.union": {"answer": "no", "evidence": "Minutes 5"}}, {}, "scope.union", "scope.union") == ""
}

test_the_nearest_evidence_serves if {
	changes := {"practices.a": {"evidence": "Minutes 5"}, "practices.a.harm": {"answer": "no", "evidence": "Minutes 6"}}
	evidence(changes, "practices.a.harm") == "Minutes 6"
	evidence(changes, "practices.a.technique") == "Minutes 5"
	evidence({"practices.a": null}, "practices.a.harm") == "Minutes 4"
	evidence({"practices": null, "practices.a": null}, "practices.a.harm") == ""
}

evidence(changes, name) := text if {
	text := answers.evidence("practices.a", name) with input as make.described(changes, {}) with data.policyctl.catalog as make.catalog
}

test_a_no_that_the_purpose_contradicts_needs_evidence_of_its_own if {
	recruiting := {"purpose": "Helps recruiters."}
	path := "annex_iii.employment"
	contains(objection({}, recruiting, path, path), "the purpose says \"recruit\"")
	contains(objection({}, recruiting, path, "annex_iii.employment.a"), "the purpose says")
	objection({}, recruiting, path, "annex_iii.employment.b") == ""
	objection({path: {"answer": "no", "evidence": "Minutes 6"}}, recruiting, path, path) == ""
}

test_a_hint_is_the_beginning_of_a_word if {
	path := "annex_iii.critical_infrastructure"
	contains(objection({}, {"purpose": "Balances ELECTRICITY."}, path, path), "electricity")
	contains(objection({}, {"title": "Electricity", "purpose": "Balances."}, path, path), "electricity")
	objection({}, {"purpose": "Hydroelectricity"}, path, path) == ""
}

test_without_a_purpose_a_no_about_a_use_needs_evidence_of_its_own if {
	path := "annex_iii.employment"
	every purpose in ["", "TBD", null, 7] {
		contains(objection({}, {"purpose": purpose}, path, path), "no purpose is stated")
		objection({path: {"answer": "no", "evidence": "Minutes 6"}}, {"purpose": purpose}, path, path) == ""
	}
	objection({}, {"purpose": ""}, "scope.union", "scope.union") == ""
}
