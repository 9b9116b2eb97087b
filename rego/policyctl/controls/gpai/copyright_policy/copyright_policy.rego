package policyctl.controls.gpai.copyright_policy

import data.policyctl.lib.stated

resources := {input.facts.id}

# METADATA
# description: The policy is not named by its digest, or is not what it says.
findings contains finding if {
	some finding in stated.unproven(_policy, "the policy to comply with copyright", ["copyright", "evidence"])
}

# METADATA
# description: How reserved rights are found and respected is not stated.
findings contains finding if {
	some finding in stated.lacking(
		_written,
		{"reservations": "how rights that are reserved against text and data mining are found and respected"},
		["copyright"],
	)
}

default _written := {}

_written := input.facts.copyright

default _policy := []

_policy := input.facts.copyright.evidence
