package policyctl.controls.system.role_test

import data.policyctl.controls.system.role as control
import data.policyctl.testing.classified as make

test_the_roles_that_the_answers_give_pass if told(make.answering({}, {})) == passed

test_a_third_party_is_left_to_the_contracts if told(make.answering({}, {"roles": ["deployer", "third_party"]})) == passed

test_roles_that_are_not_stated_are_one_finding if {
	told(make.answering(make.yes(["roles.provider", "roles.importer"]), {})) == failed({{
		"code": "not_stated",
		"resource": "credit-scoring",
		"message": "by the answers the organisation is the system's provider, importer, and the stated roles do not say so",
		"path": ["roles"],
	}})
}

test_one_role_that_is_not_stated_is_enough if {
	{finding.code | some finding in told(make.answering(make.yes(["roles.distributor"]), {})).findings} == {"not_stated"}
}

test_no_role_where_the_answers_give_one_is_a_finding_only if {
	none := told(make.answering({}, {"roles": []}))
	{finding.code | some finding in none.findings} == {"not_stated"}
	none.undetermined == set()
}

test_a_stated_role_that_is_excluded_is_a_finding if {
	told(make.answering({}, {"roles": ["deployer", "importer"]})) == failed({{
		"code": "excluded",
		"resource": "credit-scoring",
		"message": "the organisation is stated to be the system's importer, which the answers exclude",
		"path": ["roles", 1],
	}})
}

test_a_role_that_is_not_decided_is_undetermined if {
	told(make.answering({"roles.importer": null}, {})) == open({{
		"resource": "credit-scoring",
		"path": ["answers", "roles"],
		"reason": "not decided by the answers is whether the organisation is its importer; needed: roles.importer (not answered)",
	}})
}

test_no_role_at_all_is_undetermined if {
	none := make.answering(make.no(["roles.deployer"]), {"roles": []})
	told(none) == open({{"resource": "credit-scoring", "path": ["roles"], "reason": "no role is stated"}})
}

test_what_is_no_role_is_undetermined if {
	told(make.answering({}, {"roles": ["deployer", 7]})) == open({{"resource": "credit-scoring", "path": ["roles", 1], "reason": "this role cannot be read"}})
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
