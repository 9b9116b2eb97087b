package policyctl.controls.governance.role_changes

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_examined",
		"resource": input.facts.id,
		"message": "it is attested that nobody examined whether the organisation became the provider, or acted on it",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.role_changes

_maximum := input.profile.parameters.governance.role_changes.maximum_days

_path := ["attested", "governance", "role_changes"]
