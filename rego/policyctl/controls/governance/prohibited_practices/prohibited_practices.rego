package policyctl.controls.governance.prohibited_practices

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_ruled_out",
		"resource": input.facts.id,
		"message": "it is attested that it is not ruled out that the system is a prohibited practice",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.prohibited_practices

_maximum := input.profile.parameters.governance.prohibited_practices.maximum_days

_path := ["attested", "governance", "prohibited_practices"]
