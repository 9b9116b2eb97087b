package policyctl.controls.evaluation.risk_tests

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_tested",
		"resource": input.facts.id,
		"message": "it is attested that the system was not tested for its risks against thresholds set beforehand",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.evaluation.risk_tests

_maximum := input.profile.parameters.evaluation.risk_tests.maximum_days

_path := ["attested", "evaluation", "risk_tests"]
