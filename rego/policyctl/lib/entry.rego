# METADATA
# scope: package
# description: |
#   Questions about the entries of lists that people write in records, and about the days from which to which something holds. No
#   control logic. Functions are total and take any value.
package policyctl.lib.entry

import data.policyctl.lib.record
import data.policyctl.lib.wording

# METADATA
# description: What is a list; empty where it is none.
listed(value) := value if {
	is_array(value)
} else := []

# METADATA
# description: What stands under a key; null where there is none.
value(entry, key) := object.get(entry, key, null) if {
	is_object(entry)
} else := null

# METADATA
# description: Whether the text under a key says something.
says(entry, key) := wording.says_something(value(entry, key))

# METADATA
# description: The text under a key for a message; another one where it says nothing.
told(entry, key, otherwise) := value(entry, key) if {
	says(entry, key)
} else := otherwise

# METADATA
# description: |
#   Whether what holds from the one day to the other, both inclusive, holds on a third one: in_force, not_begun, expired, reversed
#   (it ends before it begins), or unclear where something is no day.
state(first, last, day) := "unclear" if {
	false in {record.is_day(first), record.is_day(last), record.is_day(day)}
} else := "reversed" if {
	last < first
} else := "not_begun" if {
	day < first
} else := "expired" if {
	last < day
} else := "in_force"

# METADATA
# description: Whether somebody can be reached by this text; it holds an address of mail or of the web, or a telephone number.
is_contact(text) if {
	is_string(text)
	regex.match(`[^\s@]@[^\s@]+\.[a-zA-Z]{2}|https?://[^\s/]|\+?\d[\d ()/-]{5,}\d`, text)
} else := false
