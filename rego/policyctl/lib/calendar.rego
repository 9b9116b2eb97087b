# METADATA
# scope: package
# description: Periods of months and years. No control logic. Functions are total and take any value.
package policyctl.lib.calendar

import data.policyctl.lib.record

# METADATA
# description: |
#   The day on which a period of so many months ends that began on another day: the same day of the month, or its last day where it has
#   none of that number (Regulation (EEC, Euratom) No 1182/71, Art. 3(2)(c)). Null where the day is none.
months_after(day, months) := max(ends) if {
	record.is_day(day)
	is_number(months)
	passed := (((to_number(substring(day, 0, 4)) * 12) + to_number(substring(day, 5, 2))) - 1) + months
	year := floor(passed / 12)
	ends := {end |
		some date in numbers.range(1, to_number(substring(day, 8, 2)))
		end := sprintf("%04d-%02d-%02d", [year, (passed % 12) + 1, date])
		record.is_day(end)
	}
} else := null
