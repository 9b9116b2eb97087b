package policyctl.controls.data.bias_examined

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_examined",
		"resource": input.facts.id,
		"message": "it is attested that data and results were not examined for biases, or biases found are not treated",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.data.bias_examined

_maximum := input.profile.parameters.data.bias_examined.maximum_days

_path := ["attested", "data", "bias_examined"]
