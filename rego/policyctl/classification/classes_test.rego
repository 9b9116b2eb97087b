package policyctl.classification.classes_test

import data.policyctl.classification.classes
import data.policyctl.testing.classification as make

yes(paths) := {path: {"answer": "yes", "evidence": "Minutes 5"} | some path in paths}

found(changes, facts) := told if {
	told := classes.found with input as make.described(changes, facts) with data.policyctl.catalog as make.catalog
}

established(changes) := {sprintf("%s %s", [class, route]) | some class, by_route in values; some route, "yes" in by_route} if {
	values := classes.values with input as make.described(changes, {}) with data.policyctl.catalog as make.catalog
}

one_of(changes, facts, class, route) := [one | some one in found(changes, facts); one.class == class; one.route == route][0]

uses := object.union({"annex_iii.employment": null}, yes(["annex_iii.employment.a"]))

practice := object.union({"practices.a": null, "practices.a.excepted": {"answer": "no"}}, yes(["practices.a.technique", "practices.a.harm"]))

test_an_ordinary_system_is_of_no_class if {
	ordinary := found({}, {})
	{one.status | some one in ordinary} == {"excluded"}
	count(ordinary) == 10
}

test_a_practice_is_prohibited if established(practice) == {"prohibited Art. 5(1)(a)"}

test_out_of_scope_nothing_is_prohibited if {
	established(object.union(practice, {"scope.ai_system": {"answer": "no"}})) == set()
	every exclusion in ["scope.military", "scope.third_country_authority", "scope.research", "scope.before_market"] {
		established(object.union(practice, yes([exclusion]))) == set()
	}
}

test_scope_that_is_not_known_leaves_the_class_open if {
	one := one_of(object.union(practice, {"scope.union": null}), {}, "prohibited", "Art. 5(1)(a)")
	one.status == "undetermined"
	[step.step | some step in one.because] == ["scope.union"]
}

test_annex_i_needs_a_component_or_product_a_listed_law_and_an_assessment if {
	parts := ["annex_i.product", "annex_i.section_a", "annex_i.assessment"]
	established(yes(parts)) == {"high_risk annex_i"}
	every part in parts {
		established(yes([other | some other in parts; other != part])) == set()
	}
	established(yes(["safety.component", "annex_i.section_b", "annex_i.assessment"])) == {"high_risk annex_i"}
}

test_annex_iii_gives_way_to_the_derogation if {
	established(uses) == {"high_risk annex_iii"}
	established(object.union(uses, yes(["derogation.assessed"]))) == {"annex_iii_not_high_risk annex_iii"}
}

test_critical_infrastructure_is_about_safety_components if {
	established(yes(["annex_iii.critical_infrastructure"])) == set()
	established(yes(["annex_iii.critical_infrastructure", "safety.component"])) == {"high_risk annex_iii"}
}

test_each_paragraph_of_article_50_is_a_route if {
	established(yes(["transparency.interaction"])) == {"transparency Art. 50(1)"}
	established(yes(["transparency.public_text"])) == {"transparency Art. 50(4)"}
	established(yes(["transparency.deep_fake"])) == {"transparency Art. 50(4)"}
}

test_systemic_risk_is_that_of_a_model if {
	established(yes(["gpai.model", "gpai.systemic_risk"])) == {"gpai Art. 3(63)", "gpai_systemic Art. 51(1)"}
	established(yes(["gpai.systemic_risk"])) == set()
	established(yes(["gpai.model", "scope.research"])) == set()
}

test_the_day_is_the_routes_or_that_of_what_was_there_before if {
	one_of({}, {}, "high_risk", "annex_i").applies_from == "2028-08-02"
	one_of({}, {}, "high_risk", "annex_iii").applies_from == "2027-12-02"
	one_of({}, {"placed_on_market": "2026-08-01"}, "transparency", "Art. 50(2)").applies_from == "2026-12-02"
	one_of({}, {"placed_on_market": "2026-08-02"}, "transparency", "Art. 50(2)").applies_from == "2026-08-02"
	one_of({}, {}, "transparency", "Art. 50(2)").applies == true
	one_of({}, {}, "high_risk", "annex_i").applies == false
}

exemptions(changes) := {[exemption.clause, exemption.status] |
	some exemption in classes.exemptions with input as make.described(changes, {}) with data.policyctl.catalog as make.catalog
}

test_exemptions_are_told_where_they_are_claimed if {
	exemptions({}) == set()
	exemptions(yes(["scope.open_source"])) == {["Art. 2(12)", "established"]}
	exemptions(object.union(uses, yes(["scope.open_source"]))) == set()
	exemptions(yes(["gpai.model", "gpai.open_source"])) == {["Art. 53(2)", "established"]}
	exemptions(yes(["gpai.model", "gpai.open_source", "gpai.systemic_risk"])) == set()
	exemptions(object.union(yes(["gpai.model", "gpai.open_source"]), {"gpai.systemic_risk": null})) == {["Art. 53(2)", "undetermined"]}
	exemptions(yes(["safety.component", "annex_i.section_b", "annex_i.assessment"])) == {["Art. 2(2)", "established"]}
	exemptions(yes(["safety.component", "annex_i.section_a", "annex_i.section_b", "annex_i.assessment"])) == set()
}

test_what_is_open_names_only_what_leaves_it_open if {
	terms := [[{"group": "scope.union", "holds": true}], [{"group": "scope.military", "holds": false}]]
	open := classes.open(terms) with input as make.described({"scope.union": null}, {}) with data.policyctl.catalog as make.catalog
	open == {["scope.union", "scope.union", "not answered"]}
}
