package policyctl.controls.evaluation.experts_consulted

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_consulted",
		"resource": input.facts.id,
		"message": "it is attested that experts and users are not consulted on what is measured and what it shows",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.evaluation.experts_consulted

_maximum := input.profile.parameters.evaluation.experts_consulted.maximum_days

_path := ["attested", "evaluation", "experts_consulted"]
