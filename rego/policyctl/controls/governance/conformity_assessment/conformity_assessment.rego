package policyctl.controls.governance.conformity_assessment

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_assessed",
		"resource": input.facts.id,
		"message": "it is attested that the system did not undergo its conformity assessment",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.conformity_assessment

_maximum := input.profile.parameters.governance.conformity_assessment.maximum_days

_path := ["attested", "governance", "conformity_assessment"]
