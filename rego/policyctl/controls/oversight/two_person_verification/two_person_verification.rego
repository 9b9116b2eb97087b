package policyctl.controls.oversight.two_person_verification

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_verified_twice",
		"resource": input.facts.id,
		"message": "it is attested that identifications are acted on without two persons verifying them",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.oversight.two_person_verification

_maximum := input.profile.parameters.oversight.two_person_verification.maximum_days

_path := ["attested", "oversight", "two_person_verification"]
