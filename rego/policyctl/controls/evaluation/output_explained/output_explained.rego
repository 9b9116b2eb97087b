package policyctl.controls.evaluation.output_explained

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_explained",
		"resource": input.facts.id,
		"message": "it is attested that the model is not explained and its output is not interpreted in context",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.evaluation.output_explained

_maximum := input.profile.parameters.evaluation.output_explained.maximum_days

_path := ["attested", "evaluation", "output_explained"]
