package policyctl.controls.logging.biometric_identification

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_logged",
		"resource": input.facts.id,
		"message": "it is attested that the logs of remote biometric identification do not hold what the law lists",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.logging.biometric_identification

_maximum := input.profile.parameters.logging.biometric_identification.maximum_days

_path := ["attested", "logging", "biometric_identification"]
