package policyctl.controls.system.derogation_holds_test

import data.policyctl.controls.system.derogation_holds as control
import data.policyctl.testing.classified as make

test_a_derogation_that_holds_passes if told(make.answering(make.derogated, {})) == passed

test_a_derogation_that_is_not_relied_on_is_not_looked_at if {
	told(make.answering(make.employing, {})) == object.union(passed, {"resources": set()})
	said_no := object.union_n([make.employing, {"derogation.assessed": null}, make.no(["derogation.assessed.relied_on"])])
	told(make.answering(said_no, {})) == object.union(passed, {"resources": set()})
}

test_a_derogation_from_nothing_is_not_looked_at if {
	out := object.union_n([make.derogated, make.shown(["annex_iii.employment"]), {"annex_iii.employment.a": null, "annex_iii.employment.b": null}])
	told(make.answering(out, {})) == object.union(passed, {"resources": set()})
}

test_profiling_is_a_finding if {
	profiling := object.union(make.derogated, make.yes(["derogation.assessed.profiling"]))
	told(make.answering(profiling, {})) == failed({{
		"code": "does_not_hold",
		"resource": "credit-scoring",
		"message": "the derogation of Art. 6(3) is relied on and does not hold: It is so: profiling. (evidence: Minutes 5)",
		"path": ["answers", "derogation.assessed"],
	}})
}

test_all_that_is_not_met_is_told if {
	both := object.union_n([make.derogated, make.yes(["derogation.assessed.profiling"]), make.no(["derogation.assessed.a"])])
	[finding.message | some finding in told(make.answering(both, {})).findings] == [concat("", [
		"the derogation of Art. 6(3) is relied on and does not hold: ",
		"It is so: profiling. (evidence: Minutes 5) Not so: It is so: a. (evidence: Minutes 5)",
	])]
}

test_what_is_not_shown_is_undetermined if {
	told(make.answering(object.union(make.derogated, {"derogation.assessed.a": null}), {})) == open({{
		"resource": "credit-scoring",
		"path": ["answers", "derogation.assessed"],
		"reason": "not decided by the answers is whether the derogation holds; needed: derogation.assessed.a (not answered)",
	}})
}

test_an_assessment_that_is_not_documented_shows_nothing if {
	told(make.answering(object.union(make.derogated, make.no(["derogation.assessed.documented"])), {})) == open({{
		"resource": "credit-scoring",
		"path": ["answers", "derogation.assessed"],
		"reason": "not decided by the answers is whether the derogation holds; needed: derogation.assessed.documented (answered no)",
	}})
}

test_whether_it_is_relied_on_may_be_undecided if {
	told(make.answering(object.union(make.employing, {"derogation.assessed": null}), {})) == open({{
		"resource": "credit-scoring",
		"path": ["answers", "derogation.assessed"],
		"reason": "not decided by the answers is whether the derogation of Art. 6(3) is relied on; needed: derogation.assessed.relied_on (not answered)",
	}})
}

test_a_system_without_answers_is_undetermined if {
	unanswered := told(make.unanswered)
	unanswered.resources == {"credit-scoring"}
	unanswered.findings == set()
	count(unanswered.undetermined) > 0
}

test_a_table_without_the_questions_decides_nothing if {
	undecided := control.undetermined with input as make.answering(make.derogated, {}) with data.policyctl.catalog as {}
	count(undecided) > 0
}

passed := {"resources": {"credit-scoring"}, "findings": set(), "undetermined": set()}

failed(findings) := object.union(passed, {"findings": findings})

open(doubts) := object.union(passed, {"undetermined": doubts})

told(document) := said if said := _said with input as document with data.policyctl.catalog as make.catalog

_said := {"resources": control.resources, "findings": control.findings, "undetermined": control.undetermined}
