package policyctl.controls.governance.risk_management_system

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_established",
		"resource": input.facts.id,
		"message": "it is attested that no risk management system is established for the system",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.risk_management_system

_maximum := input.profile.parameters.governance.risk_management_system.maximum_days

_path := ["attested", "governance", "risk_management_system"]
