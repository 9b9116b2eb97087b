package policyctl.lib.listed_uses_test

import data.policyctl.lib.listed_uses
import data.policyctl.testing.classified as make

test_a_use_without_the_class_is_a_finding if codes(make.employing) == {"not_stated"}

test_a_derogation_that_holds_takes_the_class_away if codes(make.derogated) == set()

test_a_derogation_that_is_not_shown_takes_nothing_away if {
	codes(object.union(make.derogated, {"derogation.assessed.a": null})) == {"not_stated"}
	codes(object.union(make.derogated, make.yes(["derogation.assessed.profiling"]))) == {"not_stated"}
}

test_out_of_scope_there_is_no_use if {
	codes(object.union(make.employing, make.yes(["scope.research"]))) == set()
}

test_a_point_that_the_table_does_not_have_is_undecided if {
	doubts := listed_uses.undecided("annex_iii.z") with input as make.answering({}, {}) with data.policyctl.catalog as make.catalog
	count(doubts) == 1
}

test_a_use_whose_clause_is_not_known_is_told_by_the_annex if {
	nameless := json.remove(make.catalog, ["classification/groups/annex_iii.education/clause"])
	found := listed_uses.unstated("annex_iii.education") with input as make.answering(make.yes(["annex_iii.education"]), {})
		with data.policyctl.catalog as nameless
	every finding in found {
		startswith(finding.message, "by the answers the system is used as Annex III lists")
	}
	count(found) == 1
}

codes(changes) := {finding.code | some finding in found} if {
	found := listed_uses.unstated("annex_iii.employment") with input as make.answering(changes, {}) with data.policyctl.catalog as make.catalog
}
