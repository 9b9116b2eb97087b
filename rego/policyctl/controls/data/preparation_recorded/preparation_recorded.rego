package policyctl.controls.data.preparation_recorded

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_recorded",
		"resource": input.facts.id,
		"message": "it is attested that choices about data, their preparation and assumptions are not recorded",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.data.preparation_recorded

_maximum := input.profile.parameters.data.preparation_recorded.maximum_days

_path := ["attested", "data", "preparation_recorded"]
