package policyctl.controls.governance.system_impact_assessment

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_assessed",
		"resource": input.facts.id,
		"message": "it is attested that the impacts of the system on people and society were not assessed",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.system_impact_assessment

_maximum := input.profile.parameters.governance.system_impact_assessment.maximum_days

_path := ["attested", "governance", "system_impact_assessment"]
