package policyctl.controls.governance.requirements_met

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_met",
		"resource": input.facts.id,
		"message": "it is attested that the system does not meet each requirement of Articles 8 to 15",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.requirements_met

_maximum := input.profile.parameters.governance.requirements_met.maximum_days

_path := ["attested", "governance", "requirements_met"]
