package policyctl.controls.release.approvals

import data.policyctl.law
import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.record
import data.policyctl.lib.wording

resources := model.models

# METADATA
# description: Nobody in a role that has to approve has done so. The role is a step of the path, so that each is a finding of its own.
findings contains model.finding("no_approval", message, ["release", "approvals", role]) if {
	some role, approvals in _approvals
	count(approvals) == 0
	message := sprintf("nobody has approved the version as %s", [role])
}

# METADATA
# description: Somebody has, and none of the approvals in this role holds.
findings contains model.finding(code, message, ["release", "approvals", index, key]) if {
	some approvals in _approvals
	every index in approvals {
		count(object.get(_defects, index, set())) > 0
	}
	some index in approvals
	some [code, key, message] in _defects[index]
}

# METADATA
# description: Somebody does not want the version in use, and has not said otherwise since.
findings contains model.finding("rejected", message, ["release", "approvals", index, "decision"]) if {
	some index, decision in _decisions
	entry.value(decision, "decision") == "rejected"
	_of_other_files(decision) == false
	count([later | some later in _decisions; _takes_back(later, decision)]) == 0
	message := sprintf("%s has rejected the version, on %s", [_name(index), _day(decision)])
}

# METADATA
# description: There is an approval, and it is not known of which files it would have to be.
undetermined contains model.untold("it is not known which files the version has, and so not whether they were approved", ["artefact", "sha256"]) if {
	count(_approved) > 0
	model.digest == null
}

# METADATA
# description: There is an approval, and it is not known whether there was a model yet.
undetermined contains model.untold("it is not known when the training ended, and so not whether it was approved after that", ["run", "ended"]) if {
	count(_approved) > 0
	_ended == null
}

# METADATA
# description: It cannot be told what somebody has decided.
undetermined contains model.untold(reason, ["release", "approvals", index, "decision"]) if {
	some index, decision in _decisions
	not entry.value(decision, "decision") in {"approved", "rejected"}
	reason := sprintf("it is not recorded whether %s has approved or rejected the version", [_name(index)])
}

# METADATA
# description: It cannot be told in which role somebody has decided.
undetermined contains model.untold(reason, ["release", "approvals", index, "role"]) if {
	some index, decision in _decisions
	model.text(decision, "role") == null
	reason := sprintf("it is not recorded in which role %s has decided", [_name(index)])
}

# METADATA
# description: There is no list in which a rejection would stand.
undetermined contains model.untold("it is not known whether somebody has rejected the version", ["release", "approvals"]) if {
	not is_array(_stated)
}

# METADATA
# description: The profile asks for nobody's approval.
undetermined contains model.untold("the profile names no role that approves a version", ["release", "approvals"]) if count(_roles) == 0

_defects[index] contains ["no_person", "name", message] if {
	some index, approval in _approved
	wording.names_person(entry.value(approval, "name")) == false
	message := sprintf("%s names no person who has approved the version", [_name(index)])
}

_defects[index] contains ["not_bound", "artefact", message] if {
	some index, approval in _approved
	model.is_digest(entry.value(approval, "artefact")) == false
	message := sprintf("%s has approved the version, and by no digest which files", [_name(index)])
}

_defects[index] contains ["other_files", "artefact", message] if {
	some index, approval in _approved
	_of_other_files(approval)
	message := sprintf("%s has approved the files %s, and those of the version are %s", [_name(index), approval.artefact, model.digest])
}

_defects[index] contains ["no_day", "day", message] if {
	some index, approval in _approved
	record.is_day(entry.value(approval, "day")) == false
	message := sprintf("it is not recorded on which day %s has approved the version", [_name(index)])
}

_defects[index] contains ["to_come", "day", message] if {
	some index, approval in _approved
	record.is_day(entry.value(approval, "day"))
	approval.day > input.as_of
	message := sprintf("the approval of %s is of a day to come, %s", [_name(index), approval.day])
}

_defects[index] contains ["before_training", "day", message] if {
	some index, approval in _approved
	record.is_day(entry.value(approval, "day"))
	_ended != null
	approval.day < _ended
	message := sprintf("%s has approved the version on %s, and its training ended on %s", [_name(index), approval.day, _ended])
}

_defects[index] contains ["expired", "day", message] if {
	some index, approval in _approved
	record.is_day(entry.value(approval, "day"))
	record.days_after(approval.day, _maximum_days) < input.as_of
	message := sprintf("%s has approved the version on %s, more than %d days ago", [_name(index), approval.day, _maximum_days])
}

_defects[index] contains ["evidence_lost", "evidence", message] if {
	some index, approval in _approved
	lost := record.lost_evidence(entry.value(approval, "evidence"))
	count(lost) > 0
	message := sprintf("what supports the approval of %s is not there, or has changed: %s", [_name(index), concat(", ", sort(lost))])
}

# The places of the approvals in a role that has to approve.
_approvals[role] := {index | some index, approval in _approved; _key(entry.value(approval, "role")) == _key(role)} if some role in _roles

_approved[index] := approval if {
	some index, approval in _decisions
	entry.value(approval, "decision") == "approved"
}

_takes_back(later, rejection) if {
	entry.value(later, "decision") == "approved"
	_key(entry.value(later, "name")) == _key(entry.value(rejection, "name"))
	_key(entry.value(later, "name")) != ""
	record.is_day(entry.value(rejection, "day"))
	record.is_day(entry.value(later, "day"))
	later.day > rejection.day
	later.day <= input.as_of
}

_of_other_files(decision) if {
	model.is_digest(entry.value(decision, "artefact"))
	model.digest != null
	decision.artefact != model.digest
} else := false

_stated := model.stated("approvals")

_decisions := entry.listed(_stated)

_name(index) := entry.told(_decisions[index], "name", sprintf("entry %d of the approvals", [index + 1]))

_day(decision) := entry.value(decision, "day") if {
	record.is_day(entry.value(decision, "day"))
} else := "an unknown day"

_key(text) := lower(trim_space(text)) if {
	is_string(text)
} else := ""

_ended := day if {
	ended := model.text(model.run, "ended")
	is_string(ended)
	day := substring(ended, 0, 10)
	record.is_day(day)
} else := null

_roles contains role if some role in input.profile.parameters.release.approvals.roles

_roles contains role if {
	"high_risk" in law.classes
	some role in input.profile.parameters.release.approvals.roles_high_risk
}

_maximum_days := input.profile.parameters.release.approvals.maximum_days
