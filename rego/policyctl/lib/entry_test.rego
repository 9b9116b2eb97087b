package policyctl.lib.entry_test

import data.policyctl.lib.entry

test_what_is_no_list_is_an_empty_one if {
	entry.listed([1]) == [1]
	every other in [null, "a", 7, {"0": 1}, true] {
		entry.listed(other) == []
	}
}

test_what_is_not_there_is_null if {
	entry.value({"a": 1}, "a") == 1
	entry.value({"a": false}, "a") == false
	entry.value({"a": 1}, "b") == null
	every other in [null, "a", 7, ["a"]] {
		entry.value(other, "a") == null
	}
}

test_a_placeholder_says_nothing if {
	entry.says({"a": "On request"}, "a")
	entry.says({"a": "TBD"}, "a") == false
	entry.says({}, "a") == false
	entry.told({"a": "On request"}, "a", "nothing") == "On request"
	entry.told({"a": "TBD"}, "a", "nothing") == "nothing"
	entry.told(null, "a", "nothing") == "nothing"
}

test_both_days_are_inclusive if {
	entry.state("2026-11-21", "2026-11-21", "2026-11-21") == "in_force"
	entry.state("2026-11-22", "2026-11-22", "2026-11-21") == "not_begun"
	entry.state("2026-11-20", "2026-11-20", "2026-11-21") == "expired"
	entry.state("2026-11-22", "2026-11-21", "2026-11-21") == "reversed"
}

test_what_is_no_day_is_unclear if {
	every other in [null, "", "soon", 7, "2026-02-30"] {
		entry.state(other, "2026-11-21", "2026-11-21") == "unclear"
		entry.state("2026-11-21", other, "2026-11-21") == "unclear"
		entry.state("2026-11-21", "2026-11-21", other) == "unclear"
	}
}

test_addresses_and_numbers_are_contacts if {
	every text in ["security@models.example", "https://models.example/report", "Hotline +49 30 1234567"] {
		entry.is_contact(text)
	}
	every other in ["The hotline", "TBD", "@", "a@b", "https://", "112", "", null, 7, ["security@models.example"]] {
		entry.is_contact(other) == false
	}
}
