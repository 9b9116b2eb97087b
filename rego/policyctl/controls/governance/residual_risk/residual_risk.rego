package policyctl.controls.governance.residual_risk

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_acceptable",
		"resource": input.facts.id,
		"message": "it is attested that the residual risk of the system is not judged acceptable",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.residual_risk

_maximum := input.profile.parameters.governance.residual_risk.maximum_days

_path := ["attested", "governance", "residual_risk"]
