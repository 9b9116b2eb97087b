package policyctl.controls.governance.roles_and_responsibilities

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_documented",
		"resource": input.facts.id,
		"message": "it is attested that roles and responsibilities for the system are not documented",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.roles_and_responsibilities

_maximum := input.profile.parameters.governance.roles_and_responsibilities.maximum_days

_path := ["attested", "governance", "roles_and_responsibilities"]
