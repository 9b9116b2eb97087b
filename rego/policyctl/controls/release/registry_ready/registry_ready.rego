package policyctl.controls.release.registry_ready

import data.policyctl.lib.model

resources := {id | some id in model.models; model.registered == true}

# METADATA
# description: The version is not complete yet, or will never be.
findings contains model.finding("not_ready", message, ["status"]) if {
	_status in {"pending", "failed"}
	message := sprintf("the registry does not hold the version in full: its registration is %s", [_status])
}

# METADATA
# description: The registry does not say whether it holds the version in full.
undetermined contains model.untold("it is not known whether the registry holds the version in full", ["status"]) if {
	model.registered == true
	not _status in {"ready", "pending", "failed"}
}

default _status := null

_status := input.facts.status
