package policyctl.controls.data.input_data

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_suitable",
		"resource": input.facts.id,
		"message": "it is attested that input data under the deployer's control are not relevant or not representative",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.data.input_data

_maximum := input.profile.parameters.data.input_data.maximum_days

_path := ["attested", "data", "input_data"]
