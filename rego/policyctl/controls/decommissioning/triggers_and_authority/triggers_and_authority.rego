package policyctl.controls.decommissioning.triggers_and_authority

import data.policyctl.lib.record
import data.policyctl.lib.stated
import data.policyctl.lib.wording

resources := {input.facts.id}

# METADATA
# description: Nothing is named for which the system is stopped.
findings contains finding if {
	count(record.statements(_triggers)) == 0

	finding := {
		"code": "no_triggers",
		"resource": input.facts.id,
		"message": "the record names nothing for which the system is stopped",
		"path": ["triggers"],
	}
}

# METADATA
# description: No person is named who may stop the system.
findings contains finding if {
	wording.names_person(_name) == false

	finding := {
		"code": "no_name",
		"resource": input.facts.id,
		"message": sprintf("no person is named by first and last name who may stop the system: %v", [_name]),
		"path": ["authority", "name"],
	}
}

# METADATA
# description: The person's function is not stated.
findings contains finding if {
	some finding in stated.lacking(_authority, {"role": "the function of the person who may stop the system"}, ["authority"])
}

default _triggers := []

_triggers := input.facts.triggers

default _authority := {}

_authority := input.facts.authority

default _name := "none"

_name := input.facts.authority.name
