package policyctl.controls.governance.special_registration

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_registered",
		"resource": input.facts.id,
		"message": "it is attested that the registration that this system needs by Article 49(2) or (5) was not made",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.special_registration

_maximum := input.profile.parameters.governance.special_registration.maximum_days

_path := ["attested", "governance", "special_registration"]
