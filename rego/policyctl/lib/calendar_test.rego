package policyctl.lib.calendar_test

import data.policyctl.lib.calendar

test_months_end_on_the_same_day if {
	calendar.months_after("2026-01-15", 6) == "2026-07-15"
	calendar.months_after("2026-07-01", 6) == "2027-01-01"
	calendar.months_after("2026-12-31", 120) == "2036-12-31"
	calendar.months_after("2026-06-30", 6) == "2026-12-30"
	calendar.months_after("2026-01-15", 11) == "2026-12-15"
	calendar.months_after("2026-01-15", 0) == "2026-01-15"
}

test_a_shorter_month_ends_on_its_last_day if {
	calendar.months_after("2026-08-31", 6) == "2027-02-28"
	calendar.months_after("2027-08-31", 6) == "2028-02-29"
	calendar.months_after("2024-02-29", 120) == "2034-02-28"
	calendar.months_after("2026-10-31", 1) == "2026-11-30"
}

test_what_is_no_day_has_no_end if {
	every broken in [null, "", 7, "2026-02-30", ["2026-01-15"]] {
		calendar.months_after(broken, 6) == null
	}
	calendar.months_after("2026-01-15", "6") == null
}
