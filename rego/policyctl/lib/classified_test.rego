package policyctl.lib.classified_test

import data.policyctl.lib.classified
import data.policyctl.testing.classified as make

test_a_class_that_no_route_leads_to_is_unknown if {
	classified.value("prohibited", "Art. 5(1)(z)") == "unknown" with data.policyctl.catalog as make.catalog
	classified.value("high_risk", "annex_iii") == "unknown" with data.policyctl.catalog as {}
}

test_few_things_that_are_needed_are_all_told if {
	told(0) == "not decided by the answers is x; needed: a question about it"
	told(1) == "not decided by the answers is x; needed: q1 (not answered)"
	told(4) == "not decided by the answers is x; needed: q1 (not answered), q2 (not answered), q3 (not answered), q4 (not answered)"
}

test_of_many_three_are_told_and_the_rest_counted if {
	told(5) == "not decided by the answers is x; needed: q1 (not answered), q2 (not answered), q3 (not answered) and 2 more, as policyctl system classify lists them"
}

test_a_doubt_has_its_place_and_resource if {
	doubt := classified.doubt(["answers"], "x", set()) with input as make.unanswered
	[doubt.resource, doubt.path] == ["credit-scoring", ["answers"]]
}

test_the_day_of_a_class_is_told_where_it_has_one if {
	since("prohibited", "Art. 5(1)(e)", make.catalog) == ", which applies from 2025-02-02"
	since("prohibited", "Art. 5(1)(e)", json.remove(make.catalog, ["classification/clauses/Art. 5(1)(e)"])) == ""
	since("prohibited", "Art. 5(1)(z)", make.catalog) == ""
}

test_stated_classes_are_found_by_route if {
	stated := make.answering({}, {"classes": [{"id": "transparency"}, {"id": "high_risk", "route": "annex_iii"}]})
	classified.states("transparency") with input as stated
	classified.states("gpai") == false with input as stated
	classified.states("gpai") == false with input as {"facts": {}}
	classified.high_risk_by("annex_iii") == {1} with input as stated
	classified.high_risk_by("annex_i") == set() with input as stated
}

test_what_is_no_class_cannot_be_read if {
	broken := make.answering({}, {"classes": [null, "gpai", {"id": "high_risk"}, {"id": "high_risk", "route": "annex_ii"}, {"id": "x"}]})
	{entry.path[1] | some entry in classified.unreadable} == {0, 1, 2, 3, 4} with input as broken
	known := [{"id": "prohibited"}, {"id": "transparency"}, {"id": "gpai"}, {"id": "gpai_systemic"}, {"id": "high_risk", "route": "annex_i"}]
	classified.unreadable == set() with input as make.answering({}, {"classes": known})
}

since(class, route, catalog) := said if {
	said := classified.since(class, route) with input as make.answering({}, {}) with data.policyctl.catalog as catalog
}

told(number) := doubt.reason if {
	waiting := {[sprintf("q%d", [n]), "g", "not answered"] | some n in numbers.range(1, number); number > 0}
	doubt := classified.doubt([], "x", waiting) with input as make.unanswered
}
