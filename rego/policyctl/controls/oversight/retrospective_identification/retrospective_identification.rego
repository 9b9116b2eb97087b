package policyctl.controls.oversight.retrospective_identification

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_authorised",
		"resource": input.facts.id,
		"message": "it is attested that biometric identification afterwards is used without authorisation",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.oversight.retrospective_identification

_maximum := input.profile.parameters.oversight.retrospective_identification.maximum_days

_path := ["attested", "oversight", "retrospective_identification"]
