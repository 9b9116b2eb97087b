package policyctl.controls.release.owner_named

import data.policyctl.lib.entry
import data.policyctl.lib.model

resources := model.models

# METADATA
# description: Nobody answers for the version.
findings contains model.finding("no_owner", "no release record says who answers for the version", ["release", "owner", "name"]) if {
	entry.says(_owner, "name") == false
}

# METADATA
# description: The owner is a name without an address.
findings contains model.finding("no_contact", message, ["release", "owner", "contact"]) if {
	entry.says(_owner, "name")
	entry.is_contact(_contact) == false
	message := sprintf("%s answers for the version, and %s", [entry.value(_owner, "name"), _said])
}

_said := sprintf("%s is no address of mail or of the web, and no telephone number", [_contact]) if {
	model.text(_owner, "contact") != null
} else := "it is not recorded how to reach them"

_owner := model.stated("owner")

_contact := entry.value(_owner, "contact")
