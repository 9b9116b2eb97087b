# METADATA
# scope: package
# description: |
#   What rules about the records of impact assessments have in common: the groups that are affected, and the harms that are named for each. No
#   control logic.
package policyctl.lib.impact

import data.policyctl.lib.record
import data.policyctl.lib.wording

# METADATA
# description: The groups that are named as affected, in their order; what stands in the place of one and is none, is empty.
affected := [_object(listed) | some listed in _affected] if {
	is_array(_affected)
} else := []

# METADATA
# description: The name of a group by its place, fit for a message.
group_name(place) := sprintf("%q", [affected[place].group]) if {
	wording.says_something(affected[place].group)
} else := sprintf("group %d", [place + 1])

# METADATA
# description: The harms to the group at a place, in their order; what stands in the place of one and is none, is empty.
harms(place) := [_object(listed) | some listed in affected[place].harms] if {
	is_array(affected[place].harms)
} else := []

# METADATA
# description: Whether the record gives a reason why no harm to the group at a place is likely.
is_spared(place) if {
	wording.says_something(affected[place].no_harm)
} else := false

# METADATA
# description: The day on which the assessment was signed; null where none is stated that has come.
default signed := null

signed := input.facts.signed.day if {
	record.is_day(input.facts.signed.day)
	input.facts.signed.day <= input.as_of
}

_object(listed) := listed if {
	is_object(listed)
} else := {}

default _affected := []

_affected := input.facts.affected
