# METADATA
# scope: package
# description: Whether each group of questions holds, by which answers, and what is missing to tell.
package policyctl.classification.groups

import data.policyctl.classification.answers
import data.policyctl.classification.kleene

# METADATA
# description: yes, no or unknown, by group.
value[path] := answer if {
	some path, _ in answers.groups
	answers.whole(path)
	answer := _whole(path)
}

value[path] := answer if {
	some path, _ in answers.groups
	answers.whole(path) == false
	answer := kleene.any_of(_cases[path])
}

# METADATA
# description: The value of a group; unknown for one that is not in the table, which decides nothing.
of(path) := value[path] if {
	value[path]
} else := "unknown"

# METADATA
# description: |
#   The answers that decide a group, in order: of a yes, those of the cases that hold; of a no, those that keep a case from holding; else
#   those that leave it open.
steps[path] := [_step(path, path)] if {
	some path, _ in answers.groups
	_as_one(path)
}

steps[path] := [step | some [_, step] in sort(ordered)] if {
	some path, group in answers.groups
	not _as_one(path)
	ordered := {[group.questions[name].order, _step(path, name)] | some name in _deciding[path]}
}

# METADATA
# description: |
#   What has to be answered or shown so that a group no longer is unknown, by name, with the reason. A group of which nothing is
#   answered is one entry.
needed[path] := {path: _why(path, path)} if {
	some path, "unknown" in value
	_as_one(path)
}

needed[path] := {name: why |
	some name in _deciding[path]
	_open(path, name)
	why := _why(path, name)
} if {
	some path, "unknown" in value
	not _as_one(path)
}

# METADATA
# description: |
#   Exceptions that take the system out of a group which else would hold: the questions whose yes alone keeps a case from holding.
excepted contains [path, condition.question] if {
	some path, group in answers.groups
	group.lowers == false
	value[path] == "no"
	some case in group.cases
	some condition in case.all
	condition.holds == false
	_condition(path, condition) == "no"
	{_condition(path, other) | some other in case.all; other.holds} == {"yes"}
}

_as_one(path) if answers.whole(path)

_as_one(path) if {
	answers.untouched(path)
	answers.groups[path].single == false
}

_whole(path) := "no" if {
	answers.said(path) == "no"
	_accepted(path, path, "no")
} else := "unknown"

# The value of each case, in order. Like `_given`, a rule and no function, so that it is worked out once.
_cases[path] := [kleene.all_of([_condition(path, condition) | some condition in case.all]) | some case in group.cases] if {
	some path, group in answers.groups
}

_condition(path, condition) := _given[path][condition.question][condition.holds]

_given[path][name] := {holds: _counted(path, name, holds) | some holds in [true, false]} if {
	some path, group in answers.groups
	some name, _ in group.questions
}

_counted(path, name, holds) := _truth(said, holds) if {
	said := answers.said(name)
	said in {"yes", "no"}
	_accepted(path, name, _truth(said, holds))
} else := "unknown"

_truth(said, true) := said

_truth(said, false) := kleene.opposite(said)

# What raises counts as it is said; what lowers only where nothing is to be said against it.
_accepted(path, _, truth) if truth != _lowering(path)

_accepted(path, name, truth) if {
	truth == _lowering(path)
	answers.objection(path, name) == ""
}

_lowering(path) := "yes" if {
	answers.groups[path].lowers
} else := "no"

_deciding[path] contains condition.question if {
	some path, group in answers.groups
	some index, case in group.cases
	_cases[path][index] == value[path]
	some condition in case.all
	_condition(path, condition) == value[path]
}

_open(path, name) if {
	some case in answers.groups[path].cases
	some condition in case.all
	condition.question == name
	_condition(path, condition) == "unknown"
}

_why(path, name) := "not answered" if {
	answers.said(name) == "missing"
} else := "answered unknown" if {
	answers.said(name) == "unknown"
} else := answers.objection(path, name)

_step(path, name) := {
	"step": name,
	"clause": object.get(group.questions, [name, "clause"], group.clause),
	"answer": answers.said(name),
	"reason": _reason(path, name, object.get(group.questions, [name, "text"], group.title)),
} if {
	group := answers.groups[path]
}

_reason(path, name, text) := sprintf("%s (%s)", [text, needed[path][name]]) if {
	needed[path][name]
} else := sprintf("%s%s (evidence: %s)", [_so(name), text, evidence]) if {
	evidence := answers.evidence(path, name)
	evidence != ""
} else := sprintf("%s%s", [_so(name), text])

_so(name) := "Not so: " if {
	answers.said(name) == "no"
} else := ""
