package policyctl.classification.groups_test

import data.policyctl.classification.groups
import data.policyctl.testing.classification as make

found(changes) := object.union(
	{"value": value, "steps": steps},
	{"needed": needed, "excepted": excepted},
) if {
	asked := make.described(changes, {})
	value := groups.value["practices.a"] with input as asked with data.policyctl.catalog as make.catalog
	steps := groups.steps["practices.a"] with input as asked with data.policyctl.catalog as make.catalog
	needed := object.get(groups.needed, "practices.a", {}) with input as asked with data.policyctl.catalog as make.catalog
	excepted := groups.excepted with input as asked with data.policyctl.catalog as make.catalog
}

elements(technique, harm, excepted) := {
	"practices.a": null,
	"practices.a.technique": {"answer": technique},
	"practices.a.harm": {"answer": harm},
	"practices.a.excepted": {"answer": excepted},
}

answers_of(result) := [[step.step, step.answer] | some step in result.steps]

test_a_case_holds_by_all_its_conditions if {
	result := found(elements("yes", "yes", "no"))
	result.value == "yes"
	answers_of(result) == [["practices.a.technique", "yes"], ["practices.a.harm", "yes"], ["practices.a.excepted", "no"]]
	result.needed == {}
}

test_one_condition_that_is_not_met_is_enough_for_a_no if {
	result := found(elements("yes", "no", "no"))
	result.value == "no"
	answers_of(result) == [["practices.a.harm", "no"]]
	result.steps[0].reason == "Not so: It harms. (evidence: Minutes 4)"
	result.excepted == set()
}

test_an_exception_takes_out_and_is_told if {
	result := found(elements("yes", "yes", "yes"))
	result.value == "no"
	result.excepted == {["practices.a", "practices.a.excepted"]}
}

test_an_exception_of_what_would_not_hold_is_not_told if {
	found(elements("no", "yes", "yes")).excepted == set()
}

test_a_missing_or_unknown_answer_leaves_it_open if {
	result := found(object.union(elements("yes", "unknown", "no"), {"practices.a.excepted": null}))
	result.value == "unknown"
	result.needed == {"practices.a.harm": "answered unknown", "practices.a.excepted": "not answered"}
	answers_of(result) == [["practices.a.harm", "unknown"], ["practices.a.excepted", "missing"]]
	endswith(result.steps[0].reason, "(answered unknown)")
}

test_a_lowering_answer_without_evidence_leaves_it_open if {
	result := found(object.union(elements("no", "yes", "no"), {"practices": null}))
	result.value == "unknown"
	contains(result.needed["practices.a.technique"], "has no evidence")
}

test_a_raising_answer_needs_no_evidence if {
	result := found(object.union(elements("yes", "yes", "no"), {"practices": null}))
	result.value == "yes"
	result.steps[0].reason == "It manipulates."
}

test_a_group_is_answered_as_a_whole_by_no_only if {
	found({}).value == "no"
	answers_of(found({})) == [["practices.a", "no"]]
	found({"practices.a": {"answer": "unknown"}}).value == "unknown"
	found({"practices.a": {"answer": "yes"}}).value == "unknown"
	found({"practices": null}).value == "unknown"
	contains(found({"practices": null}).needed["practices.a"], "has no evidence")
}

test_a_group_of_which_nothing_is_answered_is_asked_for_as_one if {
	result := found({"practices.a": null})
	result.value == "unknown"
	result.needed == {"practices.a": "not answered"}
	answers_of(result) == [["practices.a", "missing"]]
}

test_a_single_question_is_asked_for_by_its_name if {
	needed := groups.needed["scope.union"] with input as make.described({"scope.union": null}, {}) with data.policyctl.catalog as make.catalog
	needed == {"scope.union": "not answered"}
}

test_an_exclusion_needs_evidence_for_its_yes_and_not_for_its_no if {
	value({"scope.military": {"answer": "yes"}}) == "yes"
	value({"scope.military": {"answer": "yes"}, "scope": null}) == "unknown"
	value({"scope": null}) == "no"
}

value(changes) := answer if {
	answer := groups.value["scope.military"] with input as make.described(changes, {}) with data.policyctl.catalog as make.catalog
}
