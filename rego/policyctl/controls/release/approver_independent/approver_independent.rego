package policyctl.controls.release.approver_independent

import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.record

resources := model.models

# METADATA
# description: Somebody has approved their own work.
findings contains model.finding("own_work", message, ["release", "approvals", index, "name"]) if {
	some index, approval in _approved
	name := model.text(approval, "name")
	name != null
	_words(name) in _makers
	message := sprintf("%s has approved the version, and has developed it", [name])
}

# METADATA
# description: There is nobody yet whose independence could be looked at.
undetermined contains model.untold("nobody has approved the version yet", ["release", "approvals"]) if count(_approved) == 0

# METADATA
# description: Whoever is not named may be the author.
undetermined contains model.untold("it is not recorded who has approved the version", ["release", "approvals", index, "name"]) if {
	some index, approval in _approved
	model.text(approval, "name") == null
}

undetermined contains model.untold("it is not recorded who has developed the version", ["release", "authors"]) if {
	record.all_say(model.stated("authors")) == false
}

undetermined contains model.untold("it is not known who has started the run that trained the version", ["run", "user"]) if _user == null

# What is no clear rejection may be an approval.
_approved[index] := approval if {
	some index, approval in entry.listed(model.stated("approvals"))
	entry.value(approval, "decision") != "rejected"
}

_makers contains _words(author) if some author in record.statements(model.stated("authors"))

_makers contains _words(_user) if _user != null

_user := model.text(model.run, "user")

# "Keller, Mira" and "mira.keller" are one person.
_words(name) := {word | some word in regex.split(`[\s,._-]+`, lower(name)); word != ""}
