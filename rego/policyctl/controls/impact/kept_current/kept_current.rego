package policyctl.controls.impact.kept_current

import data.policyctl.lib.record
import data.policyctl.lib.wording

resources contains input.facts.id

# METADATA
# description: What was assessed has changed, and the assessment was not updated for it.
findings contains finding if {
	some index, change in _changes
	last := record.days_after(change.day, input.profile.parameters.impact.kept_current.maximum_days)
	last != null
	input.as_of > last
	not _is_updated(change)

	finding := {
		"code": "not_updated",
		"resource": input.facts.id,
		"message": sprintf("the assessment was not updated for %s of %s; %s was the last day for it%s", [_name(index), change.day, last, _written(change)]),
		"path": ["changes", index, "updated"],
	}
}

# METADATA
# description: The use is said to have changed, and how is not recorded.
findings contains finding if {
	_changed == true
	count(_changes) == 0

	finding := {
		"code": "not_listed",
		"resource": input.facts.id,
		"message": "the assessed use has changed and no change is recorded",
		"path": ["changes"],
	}
}

undetermined contains entry if {
	not is_boolean(_changed)

	entry := {
		"resource": input.facts.id,
		"path": ["changed"],
		"reason": "whether the assessed use has changed is not stated",
	}
}

undetermined contains entry if {
	some index, change in _changes
	day := object.get(change, "day", null)
	record.is_day(day) == false

	entry := {
		"resource": input.facts.id,
		"path": ["changes", index, "day"],
		"reason": sprintf("the day of %s is not stated", [_name(index)]),
	}
}

# What was updated before the change was not updated for it.
_is_updated(change) if {
	record.is_day(change.updated)
	change.updated >= change.day
	change.updated <= input.as_of
}

_written(change) := sprintf(", and its update is recorded for %s", [change.updated]) if {
	record.is_day(change.updated)
} else := ""

_name(index) := sprintf("the change %q", [_changes[index].what]) if {
	wording.says_something(_changes[index].what)
} else := sprintf("change %d", [index + 1])

_changes := [_object(listed) | some listed in _listed] if {
	is_array(_listed)
} else := []

_object(listed) := listed if {
	is_object(listed)
} else := {}

default _listed := []

_listed := input.facts.changes

default _changed := "unstated"

_changed := input.facts.changed
