package policyctl.controls.oversight.realtime_identification

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_authorised",
		"resource": input.facts.id,
		"message": "it is attested that biometric identification in real time is used without necessity, authorisation or notification",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.oversight.realtime_identification

_maximum := input.profile.parameters.oversight.realtime_identification.maximum_days

_path := ["attested", "oversight", "realtime_identification"]
