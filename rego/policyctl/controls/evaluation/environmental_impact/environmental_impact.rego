package policyctl.controls.evaluation.environmental_impact

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_assessed",
		"resource": input.facts.id,
		"message": "it is attested that the environmental impact of the system was not assessed",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.evaluation.environmental_impact

_maximum := input.profile.parameters.evaluation.environmental_impact.maximum_days

_path := ["attested", "evaluation", "environmental_impact"]
