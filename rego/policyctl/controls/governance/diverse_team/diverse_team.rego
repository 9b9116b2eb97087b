package policyctl.controls.governance.diverse_team

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_diverse",
		"resource": input.facts.id,
		"message": "it is attested that no diverse team takes part in decisions about the system's risks",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.diverse_team

_maximum := input.profile.parameters.governance.diverse_team.maximum_days

_path := ["attested", "governance", "diverse_team"]
