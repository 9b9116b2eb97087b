package policyctl.controls.security.model_attacks

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_tested",
		"resource": input.facts.id,
		"message": "it is attested that the system was not tested against attacks on its data and its model",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.security.model_attacks

_maximum := input.profile.parameters.security.model_attacks.maximum_days

_path := ["attested", "security", "model_attacks"]
