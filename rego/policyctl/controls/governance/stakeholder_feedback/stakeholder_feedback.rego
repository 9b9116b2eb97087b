package policyctl.controls.governance.stakeholder_feedback

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_collected",
		"resource": input.facts.id,
		"message": "it is attested that feedback from outside the team is not collected and weighed",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.stakeholder_feedback

_maximum := input.profile.parameters.governance.stakeholder_feedback.maximum_days

_path := ["attested", "governance", "stakeholder_feedback"]
