package policyctl.lib.transparency_duties_test

import data.policyctl.lib.transparency_duties
import data.policyctl.testing.classified as make

test_both_duties_of_a_paragraph_are_told if {
	both := make.answering(make.yes(["transparency.deep_fake", "transparency.public_text"]), {})
	found := transparency_duties.unstated("Art. 50(4)") with input as both with data.policyctl.catalog as make.catalog
	messages := [finding.message | some finding in found]
	count(messages) == 1
	contains(messages[0], "transparency.deep_fake (evidence: Minutes 5) transparency.public_text (evidence: Minutes 5)")
}

test_a_paragraph_without_a_route_is_undecided if {
	doubts := transparency_duties.undecided("Art. 50(9)") with input as make.answering({}, {}) with data.policyctl.catalog as make.catalog
	count(doubts) == 1
}
