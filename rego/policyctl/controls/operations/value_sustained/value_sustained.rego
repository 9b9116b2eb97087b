package policyctl.controls.operations.value_sustained

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_sustained",
		"resource": input.facts.id,
		"message": "it is attested that nobody checks whether the deployed system keeps its value",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.operations.value_sustained

_maximum := input.profile.parameters.operations.value_sustained.maximum_days

_path := ["attested", "operations", "value_sustained"]
