package policyctl.controls.incidents.corrective_actions

import data.policyctl.lib.incident
import data.policyctl.lib.record
import data.policyctl.lib.wording

resources contains input.facts.id

# METADATA
# description: Nobody can tell what is to be done, by whom or until when.
findings contains finding if {
	some [index, key] in _lacking

	finding := {
		"code": _lacks[key].code,
		"resource": input.facts.id,
		"message": sprintf(_lacks[key].message, [_name(index)]),
		"path": ["corrective_actions", index, key],
	}
}

# METADATA
# description: Its day has passed, and it is not done.
findings contains finding if {
	some index, action in _actions
	record.is_day(action.due)
	action.due < input.as_of
	not _is_done(action)

	finding := {
		"code": "overdue",
		"resource": input.facts.id,
		"message": sprintf("%s was due on %s and is not done", [_name(index), action.due]),
		"path": ["corrective_actions", index, "due"],
	}
}

# METADATA
# description: It is said to be done, and nothing shows it.
findings contains finding if {
	some index, action in _actions
	_is_done(action)
	evidence := object.get(action, "evidence", [])
	some code in record.evidence_defects(evidence)

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf(_messages[code], [_name(index)]),
		"path": ["corrective_actions", index, "evidence"],
	}
}

undetermined contains entry if {
	count(_actions) == 0
	wording.says_something(_no_action) == false

	entry := {
		"resource": input.facts.id,
		"path": ["corrective_actions"],
		"reason": "neither a corrective action is recorded nor why none is needed",
	}
}

_lacking contains [index, "action"] if {
	some index, action in _actions
	text := object.get(action, "action", null)
	wording.says_something(text) == false
}

_lacking contains [index, "owner"] if {
	some index, action in _actions
	owner := object.get(action, "owner", null)
	wording.names_person(owner) == false
}

_lacking contains [index, "due"] if {
	some index, action in _actions
	due := object.get(action, "due", null)
	record.is_day(due) == false
}

_is_done(action) if incident.has_come(action.done)

_name(index) := sprintf("%q", [_actions[index].action]) if {
	wording.says_something(_actions[index].action)
} else := sprintf("corrective action %d", [index + 1])

_lacks := {
	"action": {"code": "no_action", "message": "%s does not say what is done"},
	"owner": {"code": "no_owner", "message": "no person is named who answers for %s"},
	"due": {"code": "no_due_day", "message": "no day is stated until which %s is done"},
}

_messages := {
	"no_evidence": "nothing shows that %s is done: no evidence is named by its digest",
	"evidence_changed": "the evidence that %s is done is not what its digest says",
	"evidence_missing": "the file that shows that %s is done is not there",
}

# What stands in the place of an action and is none, lacks everything.
_actions := [action |
	some listed in _listed
	action := _object(listed)
] if {
	is_array(_listed)
} else := []

_object(listed) := listed if {
	is_object(listed)
} else := {}

default _listed := []

_listed := input.facts.corrective_actions

default _no_action := null

_no_action := input.facts.no_corrective_action
