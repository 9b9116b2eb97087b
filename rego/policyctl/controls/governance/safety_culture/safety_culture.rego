package policyctl.controls.governance.safety_culture

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "no_practices",
		"resource": input.facts.id,
		"message": "it is attested that no practices let people question, test and talk about the system's risks",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.safety_culture

_maximum := input.profile.parameters.governance.safety_culture.maximum_days

_path := ["attested", "governance", "safety_culture"]
