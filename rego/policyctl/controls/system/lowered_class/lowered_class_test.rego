package policyctl.controls.system.lowered_class_test

import data.policyctl.controls.system.lowered_class as control
import data.policyctl.testing.classified as make

test_nothing_that_lowers_passes if told(make.answering({}, {})) == passed

test_an_exclusion_is_a_finding if {
	told(make.answering(make.yes(["scope.military"]), {})) == failed({{
		"code": "to_review",
		"resource": "credit-scoring",
		"message": "to be looked at again: scope.military: takes the system out of a class: scope.military (Art. 2(3))",
		"path": ["answers", "scope.military"],
	}})
}

test_what_is_stated_otherwise_is_a_finding if {
	told(make.answering({}, {"roles": ["provider"], "classes": [{"id": "transparency"}, {"id": "gpai"}]})) == failed({
		{
			"code": "to_review",
			"resource": "credit-scoring",
			"message": "to be looked at again: roles: the description states roles, and not this one: deployer (Art. 3(3))",
			"path": ["roles"],
		},
		{
			"code": "to_review",
			"resource": "credit-scoring",
			"message": "to be looked at again: classes: the description states gpai, and the answers exclude it (Art. 53(1)); the description states transparency, and the answers exclude it (Art. 50(1))",
			"path": ["classes"],
		},
	})
}

test_an_exemption_is_a_finding_about_the_answers if {
	exempt := told(make.answering(make.yes(["scope.open_source"]), {})).findings
	{finding.path | some finding in exempt} == {["answers"]}
}

test_an_answer_that_is_missing_leaves_it_undetermined if {
	reason := "not every class and role is decided, so that what lowers one cannot be told; policyctl system classify lists what is needed"
	every missing in ["practices.e", "roles.importer"] {
		told(make.answering({missing: null}, {})) == open({{"resource": "credit-scoring", "path": ["answers"], "reason": reason}})
	}
}

test_a_purpose_that_is_not_there_is_undetermined if {
	shown := make.shown(["annex_iii.employment", "annex_iii.critical_infrastructure"])
	{entry.path | some entry in told(json.remove(make.answering(shown, {}), ["facts/purpose"])).undetermined} == {["purpose"]}
}

test_a_purpose_that_says_nothing_is_undetermined if {
	shown := make.shown(["annex_iii.employment", "annex_iii.critical_infrastructure"])
	told(make.answering(shown, {"purpose": "TBD"})) == open({{"resource": "credit-scoring", "path": ["purpose"], "reason": "no purpose is stated that the answers could be held against"}})
}

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
