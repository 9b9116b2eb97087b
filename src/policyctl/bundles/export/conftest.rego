# METADATA
# scope: package
# description: |
#   What Conftest asks: its messages about one input document, as `policyctl gather` prints it. The document names its profile.
package main

import data.policyctl.catalog
import data.policyctl.main as policyctl

# METADATA
# description: Nothing can be decided about what is no input document, or one of a kind that these rules do not know.
deny contains {"msg": text} if {
	not _judgeable
	text := "this is no input document that these rules can decide about: give them what `policyctl gather FILE` prints"
}

# METADATA
# description: The profile selects a control that could not be asked, as where it comes from other rules than these.
deny contains {"msg": text, "control": id, "status": "error"} if {
	some id in policyctl.decision.expected
	not id in policyctl.decision.evaluated
	text := sprintf("%s could not be asked: the document's profile and these rules are not of one revision", [id])
}

# METADATA
# description: What fails, or could not be told where the profile counts that like a fail, of the controls that deny.
deny contains message if {
	some message in _counting
	_action(message.control) == "deny"
}

# METADATA
# description: The same of the controls that warn.
warn contains message if {
	some message in _counting
	not _action(message.control) in {"deny", "audit"}
}

# METADATA
# description: What could not be told, where the profile does not count it like a fail.
warn contains message if {
	some message in _untold
	not message in _counting
	_action(message.control) != "audit"
}

# METADATA
# description: No control found anything that it is about, which is no pass.
warn contains {"msg": text, "resource": input.subject.id, "status": "not_checked"} if {
	every part in ["resources", "findings", "undetermined"] {
		count(policyctl.decision[part]) == 0
	}
	not input.facts.destroy_only
	text := sprintf("nothing was checked: no control looked at anything in %s", [input.subject.id])
}

# METADATA
# description: The document was made as of another day than the one it was made on.
warn contains {"msg": text, "resource": input.subject.id, "status": "simulated"} if {
	policyctl.decision.simulated
	text := sprintf("simulated as of %s: never evidence for a gate", [input.as_of])
}

# What no document of ours lacks: without a subject, findings have no id, and are none.
_judgeable if {
	policyctl.decision
	is_string(input.subject.id)
	is_string(input.as_of)
	is_object(input.facts)
	is_array(input.gaps)
	is_object(input.profile.enforcement)
	is_array(input.profile.undetermined)
}

_counting contains message if some message in _failed

_counting contains message if {
	some message in _untold
	_counts(message)
}

_counts(message) if message.severity in input.profile.undetermined

_counts(message) if message.code in {"evaluation_error", "misshapen"}

_failed contains _message(id, "fail", object.union({"reason": finding.message}, finding)) if {
	some id, found in policyctl.decision.findings
	some finding in found
	not finding.waiver
}

_untold contains _message(id, "undetermined", entry) if {
	some id, entries in policyctl.decision.undetermined
	some entry in entries
	not entry.waiver
}

_message(id, status, entry) := {
	"msg": sprintf("%s %s: %s%s", [id, entry.resource, _unsure[status], object.get(entry, "reason", _unknown)]),
	"control": id,
	"title": catalog.controls[id].title,
	"severity": catalog.controls[id].severity,
	"status": status,
	"code": object.get(entry, "code", ""),
	"resource": entry.resource,
	"path": object.get(entry, "path", []),
	"finding": object.get(entry, "id", ""),
}

_unsure := {"fail": "", "undetermined": "cannot be told: "}

_unknown := "the value is not known"

_action(id) := policyctl.decision.bindings[id].action

_action(id) := input.profile.enforcement[id] if not policyctl.decision.bindings[id]
