package policyctl.controls.governance.business_case

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_examined",
		"resource": input.facts.id,
		"message": "it is attested that value, costs and alternatives of the system were not examined",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.business_case

_maximum := input.profile.parameters.governance.business_case.maximum_days

_path := ["attested", "governance", "business_case"]
