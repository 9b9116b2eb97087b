# METADATA
# scope: package
# description: |
#   What is answered about a system, and whether it counts: an answer that lowers the class, or takes a role away, counts with evidence
#   only. Names are dotted: a section, a group ("practices.a"), a question of the group ("practices.a.harm").
package policyctl.classification.answers

import data.policyctl.lib.wording

# METADATA
# description: The questions of the law, by group.
groups := data.policyctl.catalog.classification.groups

# METADATA
# description: What stands at a name, yes, no or unknown; "missing" where nothing does.
said(name) := input.facts.answers[name].answer if {
	input.facts.answers[name].answer in {"yes", "no", "unknown"}
} else := "missing"

# METADATA
# description: Whether a group of several questions is answered as a whole.
whole(path) if {
	groups[path].single == false
	said(path) != "missing"
} else := false

# METADATA
# description: Whether nothing in a group is answered by yes or no, neither as a whole nor in part.
untouched(path) if {
	said(path) == "missing"
	count({name | some name, _ in groups[path].questions; said(name) in {"yes", "no"}}) == 0
} else := false

# METADATA
# description: |
#   What is to be said against counting an answer that lowers: empty where nothing is. The evidence of its group or section serves it,
#   unless the stated purpose speaks against the answer, or no purpose is stated: then it needs evidence of its own.
objection(path, name) := "this answer lowers a class or takes a role away, and has no evidence" if {
	evidence(path, name) == ""
} else := "no purpose is stated that this answer could be held against: state it, or give evidence for this answer" if {
	count(_hints(path, name)) > 0
	not _own_evidence(path, name)
	not _purpose_stated
} else := sprintf("the purpose says %q: this answer needs evidence of its own", [concat(", ", suggested(path, name))]) if {
	count(suggested(path, name)) > 0
	not _own_evidence(path, name)
} else := ""

# METADATA
# description: The words of the stated title and purpose that speak for a yes to this question, or to any of the group's.
suggested(path, name) := {hint |
	some hint in _hints(path, name)
	regex.match(sprintf(`(^|[^\p{L}])%s`, [hint]), _wording)
}

# METADATA
# description: The evidence of an answer, else of its group, else of its section; empty where there is none that says something.
evidence(path, name) := given[0] if {
	given := [text | some at in [name, path, groups[path].section]; text := _evidence_at(at); text != ""]
	count(given) > 0
} else := ""

_own_evidence(path, name) if {
	some at in [name, path]
	_evidence_at(at) != ""
}

_evidence_at(name) := text if {
	text := input.facts.answers[name].evidence
	wording.says_something(text)
} else := ""

_hints(path, name) := {hint | some hint in groups[path].questions[name].hints} if {
	groups[path].questions[name]
} else := {hint | some question in groups[path].questions; some hint in question.hints}

_purpose_stated if wording.says_something(input.facts.purpose)

_wording := lower(concat(" ", [text | some text in [_title, _purpose]; is_string(text)]))

default _title := null

_title := input.facts.title

default _purpose := null

_purpose := input.facts.purpose
