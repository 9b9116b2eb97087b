package policyctl.controls.management_system.risk_assessment

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_assessed",
		"resource": input.facts.id,
		"message": "it is attested that the AI risks of this system are not assessed by a defined process",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.management_system.risk_assessment

_maximum := input.profile.parameters.management_system.risk_assessment.maximum_days

_path := ["attested", "management_system", "risk_assessment"]
