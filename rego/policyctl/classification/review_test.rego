package policyctl.classification.review_test

import data.policyctl.classification.review
import data.policyctl.testing.classification as make

yes(paths) := {path: {"answer": "yes", "evidence": "Minutes 5"} | some path in paths}

told(changes, facts) := {[entry.about, entry.clause] |
	some entry in review.entries with input as make.described(changes, facts) with data.policyctl.catalog as make.catalog
}

high_risk := object.union({"annex_iii.employment": null}, yes(["annex_iii.employment.a"]))

test_nothing_is_to_be_reviewed_where_nothing_lowers if told({}, {}) == set()

test_an_exclusion_and_a_derogation_are_reviewed if {
	told(yes(["scope.military"]), {}) == {["scope.military", "Art. 2(3)"]}
	told(yes(["derogation.assessed"]), {}) == {["derogation.assessed", "Art. 6(3)"]}
}

test_an_exemption_is_reviewed_where_it_holds if {
	told(yes(["scope.open_source"]), {}) == {["exemptions", "Art. 2(12)"]}
	told(object.union(high_risk, yes(["scope.open_source"])), {}) == set()
}

test_an_exception_is_reviewed if {
	changes := object.union({"practices.a": null}, yes(["practices.a.technique", "practices.a.harm", "practices.a.excepted"]))
	told(changes, {}) == {["practices.a.excepted", "Art. 5(2)"]}
}

test_a_no_against_the_purpose_is_reviewed_even_with_evidence if {
	recruiting := {"purpose": "Helps recruiters."}
	told({}, recruiting) == {["annex_iii.employment", "Annex III(4)"]}
	parts := {
		"annex_iii.employment": null,
		"annex_iii.employment.a": {"answer": "no", "evidence": "Minutes 6"},
		"annex_iii.employment.b": {"answer": "no"},
	}
	told(parts, recruiting) == {["annex_iii.employment.a", "Annex III(4)(a)"]}
	told(high_risk, recruiting) == set()
}

test_a_stated_class_that_differs_is_reviewed if {
	told(high_risk, {"classes": [{"id": "high_risk", "route": "annex_iii"}]}) == set()
	told(high_risk, {"classes": [{"id": "high_risk", "route": "annex_i"}]}) == {["classes", "Art. 6(2)"], ["classes", "Art. 6(1)"]}
	told({}, {"classes": [{"id": "transparency"}]}) == {["classes", "Art. 50(1)"]}
	told(yes(["transparency.biometrics"]), {"classes": [{"id": "transparency"}]}) == set()
	told(high_risk, {}) == set()
}

test_a_stated_role_that_differs_is_reviewed if {
	told({}, {"roles": ["deployer"]}) == set()
	told({}, {"roles": ["importer"]}) == {["roles", "Art. 3(3)"]}
}
