package policyctl.controls.evaluation.human_subjects

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_protected",
		"resource": input.facts.id,
		"message": "it is attested that people in evaluations are not protected or do not represent those concerned",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.evaluation.human_subjects

_maximum := input.profile.parameters.evaluation.human_subjects.maximum_days

_path := ["attested", "evaluation", "human_subjects"]
