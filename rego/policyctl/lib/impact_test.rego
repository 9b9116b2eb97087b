package policyctl.lib.impact_test

import data.policyctl.lib.impact
import data.policyctl.testing.record

test_groups_are_those_of_the_list if {
	impact.affected == [{"group": "Applicants"}, {}, {}] with input as of({"affected": [{"group": "Applicants"}, null, "Officers"]})
	every broken in [null, 7, "x", {}, {"a": {"group": "Applicants"}}] {
		impact.affected == [] with input as of({"affected": broken})
	}
	impact.affected == [] with input as of({})
}

test_a_group_has_a_name_or_a_number if {
	impact.group_name(0) == "\"Applicants\"" with input as of({"affected": [{"group": "Applicants"}]})
	impact.group_name(1) == "group 2" with input as of({"affected": [{"group": "Applicants"}, {"group": "TBD"}]})
	impact.group_name(0) == "group 1" with input as of({"affected": [{}]})
}

test_harms_are_those_of_the_group if {
	listed := [{"harms": [{"harm": "Refusal"}, null]}, {"harms": "Refusal"}, {}, {"harms": {"a": {"harm": "Refusal"}}}]
	impact.harms(0) == [{"harm": "Refusal"}, {}] with input as of({"affected": listed})
	every place in [1, 2, 3, 4] {
		impact.harms(place) == [] with input as of({"affected": listed})
	}
}

test_a_group_is_spared_for_a_reason if {
	listed := [{"no_harm": "They decide alone"}, {"no_harm": "n/a"}, {}, {"no_harm": true}]
	impact.is_spared(0) with input as of({"affected": listed})
	every place in [1, 2, 3, 4] {
		impact.is_spared(place) == false with input as of({"affected": listed})
	}
}

test_a_signature_has_a_day_that_has_come if {
	impact.signed == "2026-11-21" with input as of({"signed": {"day": "2026-11-21"}})
	every broken in [{"day": "2026-11-22"}, {"day": "soon"}, {"day": null}, {}, null, "2026-11-21", 7] {
		impact.signed == null with input as of({"signed": broken})
	}
	impact.signed == null with input as of({})
}

of(facts) := record.of_kind("impact_assessment", facts, {})
