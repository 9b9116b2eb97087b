package policyctl.lib.practices_test

import data.policyctl.lib.practices
import data.policyctl.testing.classified as make

test_a_practice_is_a_finding_and_no_doubt if {
	used := make.answering(make.yes(["practices.e"]), {})
	found := practices.established("practices.e") with input as used with data.policyctl.catalog as make.catalog
	{finding.code | some finding in found} == {"prohibited"}
	doubts := practices.undecided("practices.e") with input as used with data.policyctl.catalog as make.catalog
	doubts == set()
}

test_a_practice_that_the_table_does_not_have_is_undecided if {
	doubts := practices.undecided("practices.z") with input as make.answering({}, {}) with data.policyctl.catalog as make.catalog
	count(doubts) == 1
	found := practices.established("practices.z") with input as make.answering({}, {}) with data.policyctl.catalog as make.catalog
	found == set()
}
