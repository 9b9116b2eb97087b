package policyctl.controls.release.sources_agree

import data.policyctl.lib.entry
import data.policyctl.lib.model

resources := model.models

# METADATA
# description: Two sources say different things of one fact.
findings contains model.finding("conflict", message, split(fact, ".")) if {
	some fact, statements in _statements
	message := sprintf("the sources disagree about %s: %s", [fact, concat("; ", sort(statements))])
}

# METADATA
# description: That they disagree is known, and not about what.
findings contains model.finding("conflict", "the sources disagree about the version", ["conflicts", index]) if {
	some index, conflict in _conflicts
	model.text(conflict, "fact") == null
}

# METADATA
# description: Nobody has held the sources against each other.
undetermined contains model.untold("it is not known whether the sources agree", ["conflicts"]) if not is_array(_conflicts)

# Of three sources that disagree about one fact there are two conflicts.
_statements[fact] := statements if {
	some named in _conflicts
	fact := model.text(named, "fact")
	fact != null
	statements := {sprintf("%s says %s", [_told(stated, "source"), _told(stated, "value")]) |
		some conflict in _conflicts
		model.text(conflict, "fact") == fact
		some stated in entry.listed(entry.value(conflict, "stated"))
	}
}

_told(stated, key) := text if {
	text := model.text(stated, key)
	text != null
} else := "something"

default _conflicts := null

_conflicts := input.facts.conflicts
