package policyctl.controls.governance.ai_literacy

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_taken",
		"resource": input.facts.id,
		"message": "it is attested that no measures support the AI literacy of those who work with the system",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.ai_literacy

_maximum := input.profile.parameters.governance.ai_literacy.maximum_days

_path := ["attested", "governance", "ai_literacy"]
