package policyctl.controls.evaluation.consistent_performance

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_consistent",
		"resource": input.facts.id,
		"message": "it is attested that accuracy and robustness do not fit the purpose or do not hold",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.evaluation.consistent_performance

_maximum := input.profile.parameters.evaluation.consistent_performance.maximum_days

_path := ["attested", "evaluation", "consistent_performance"]
