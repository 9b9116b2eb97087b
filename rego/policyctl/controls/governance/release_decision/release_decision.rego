package policyctl.controls.governance.release_decision

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_decided",
		"resource": input.facts.id,
		"message": "it is attested that nobody decided that the system achieves its purpose and proceeds",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.release_decision

_maximum := input.profile.parameters.governance.release_decision.maximum_days

_path := ["attested", "governance", "release_decision"]
