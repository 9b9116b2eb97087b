package policyctl.controls.evaluation.safety_evaluated

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_evaluated",
		"resource": input.facts.id,
		"message": "it is attested that the system is not evaluated regularly for safety",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.evaluation.safety_evaluated

_maximum := input.profile.parameters.evaluation.safety_evaluated.maximum_days

_path := ["attested", "evaluation", "safety_evaluated"]
