# METADATA
# scope: package
# description: What Gatekeeper asks. Written for one control, SUP-003; the export puts each control's names in place of that one's.
package policyctl.violations

import data.lib.policyctl.controls.supply_chain.image_digest as control
import data.lib.policyctl.portable

violation contains _told("fail", finding, finding.message) if {
	"fail" in input.parameters.tells
	some finding in control.findings with input as portable.document
}

violation contains _told("undetermined", entry, sprintf("cannot be told: %s", [object.get(entry, "reason", "it is not known")])) if {
	"undetermined" in input.parameters.tells
	some entry in control.undetermined with input as portable.document
}

violation contains _told("undetermined", {"resource": portable.id}, sprintf("cannot be told: %s", [reason])) if {
	"undetermined" in input.parameters.tells
	some reason in portable.unreadable
}

# What is asked in another way than it is written for finds nothing, whatever the object is.
violation contains {"msg": "SUP-003: the object or this Constraint's parameters cannot be read"} if not _askable

_askable if {
	is_object(portable.document.facts)
	is_set(portable.unreadable)
	is_set(control.findings) with input as portable.document
	count({word | some word in input.parameters.tells; word in {"fail", "undetermined"}}) > 0
	every name in _parameters {
		_given(name)
	}
}

_given(name) if _ = portable.document.profile.parameters.supply_chain.image_digest[name]

_parameters := []

_told(status, entry, text) := {
	"msg": sprintf("SUP-003 %s: %s", [entry.resource, text]),
	"details": {
		"control": "SUP-003",
		"status": status,
		"code": object.get(entry, "code", ""),
		"resource": entry.resource,
		"path": object.get(entry, "path", []),
	},
}
