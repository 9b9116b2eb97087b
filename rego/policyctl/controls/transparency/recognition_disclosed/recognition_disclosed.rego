package policyctl.controls.transparency.recognition_disclosed

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_told",
		"resource": input.facts.id,
		"message": "it is attested that people are not told of emotion recognition or biometric categorisation",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.transparency.recognition_disclosed

_maximum := input.profile.parameters.transparency.recognition_disclosed.maximum_days

_path := ["attested", "transparency", "recognition_disclosed"]
