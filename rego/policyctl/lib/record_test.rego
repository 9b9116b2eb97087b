package policyctl.lib.record_test

import data.policyctl.lib.record

test_days_are_those_of_the_calendar if {
	every day in ["2026-11-21", "2028-02-29", "2000-02-29", "2026-12-31", "2026-04-30", "2026-02-28"] {
		record.is_day(day)
	}
	every text in ["2026-02-29", "1900-02-29", "2028-02-30", "2026-04-31", "2026-12-32", "2026-13-01", "2026-1-1", "21.11.2026", "2026-11-21T10:00:00Z", "", 7, null, {}] {
		record.is_day(text) == false
	}
}

test_days_are_counted_over_months_and_years if {
	record.days_after("2026-11-21", 15) == "2026-12-06"
	record.days_after("2026-12-31", 1) == "2027-01-01"
	record.days_after("2028-02-28", 1) == "2028-02-29"
	record.days_after("2026-11-21", -21) == "2026-10-31"
	record.days_after("2026-02-30", 1) == null
	record.days_after(null, 1) == null
	record.days_after("2026-11-21", "1") == null
}

test_placeholders_and_other_types_are_no_statements if {
	record.statements(["Applicants", "TBD", "", 7, null]) == {"Applicants"}
	record.statements("Applicants") == set()
	record.statements({"a": "Applicants"}) == set()
}

test_a_list_of_texts_holds_no_placeholder if {
	record.all_say(["Applicants", "Officers"])
	record.all_say(["Applicants", "Applicants"])
	every listed in [[], ["Applicants", "TBD"], ["Applicants", 7], ["Applicants", null], "Applicants", {"a": "Applicants"}, null] {
		record.all_say(listed) == false
	}
}

test_evidence_is_named_by_its_digest if {
	every state in ["same", "elsewhere"] {
		record.evidence_defects([{"title": "Report", "sha256": digest, "state": state}]) == set()
	}
	every listed in [[], null, "Report", {"a": 1}, [{"title": "Report", "state": "elsewhere"}], [{"title": "Report", "sha256": "0f3c", "state": "same"}], [{"title": "Report", "sha256": empty_file, "state": "same"}], [{"title": "Report", "sha256": digest}]] {
		record.evidence_defects(listed) == {"no_evidence"}
	}
}

test_evidence_that_is_lost_is_told if {
	lost := [{"title": "Report", "sha256": digest, "state": "changed"}, {"title": "Minutes", "sha256": digest, "state": "missing"}]
	record.evidence_defects(lost) == {"evidence_changed", "evidence_missing"}
	record.lost_evidence(lost) == {"Report", "Minutes"}
	record.evidence_defects([lost[0], {"title": "Other", "sha256": digest, "state": "same"}]) == {"evidence_changed"}
	record.lost_evidence([{"title": 7, "sha256": digest, "state": "changed"}]) == set()
	record.lost_evidence([{"title": "Report", "sha256": digest, "state": "same"}]) == set()
	record.lost_evidence(null) == set()
}

digest := "0f3c000000000000000000000000000000000000000000000000000000000000"

empty_file := "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
