package policyctl.controls.data.quality_criteria

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_met",
		"resource": input.facts.id,
		"message": "it is attested that the data sets do not meet the criteria of quality",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.data.quality_criteria

_maximum := input.profile.parameters.data.quality_criteria.maximum_days

_path := ["attested", "data", "quality_criteria"]
