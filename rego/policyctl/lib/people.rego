# METADATA
# scope: package
# description: What rules about the people of a system have in common. No control logic. Functions are total and take any value.
package policyctl.lib.people

import data.policyctl.lib.entry

_tasks := {"development", "assessment", "approval", "operation", "oversight", "use"}

default _people := null

_people := input.facts.people

# METADATA
# description: All people of the record, in their order.
listed := entry.listed(_people)

# METADATA
# description: The people with a task, by their place in the list; those whose assignment has ended are left out.
with_task(task) := {index: person |
	some index, person in listed
	task in _tasks_of(person)
	assignment(person) != "expired"
}

# METADATA
# description: The people who have a task as of the day, by their place in the list.
serving(task) := {index: person |
	some index, person in with_task(task)
	assignment(person) == "in_force"
}

# METADATA
# description: |
#   Whether somebody's assignment is in_force, not_begun, expired, reversed or unclear as of the day. Without a last day it holds until
#   further notice.
assignment(person) := entry.state(entry.value(person, "first_day"), _last_day(person), input.as_of)

# METADATA
# description: The people of whom it cannot be told what they do, by their place in the list.
unclear := {index |
	some index, person in listed
	count(_tasks_of(person)) == 0
}

# METADATA
# description: The people of whom it cannot be told since when, or until when, they do it, by their place in the list.
undated := {index |
	some index, person in listed
	assignment(person) in {"unclear", "reversed"}
}

# METADATA
# description: A person's name for a message, or the place in the list.
name(index) := entry.told(listed[index], "name", sprintf("person %d of the record", [index + 1]))

# Nothing, where one of them is no task: what else is wrong there cannot be told.
_tasks_of(person) := {task | some task in entry.listed(entry.value(person, "tasks"))} if {
	every task in entry.listed(entry.value(person, "tasks")) {
		task in _tasks
	}
} else := set()

_last_day(person) := "9999-12-31" if {
	is_object(person)
	not "last_day" in object.keys(person)
} else := entry.value(person, "last_day")
