package policyctl.controls.transparency.decision_explained

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_explained",
		"resource": input.facts.id,
		"message": "it is attested that people do not get an explanation of the system's part in a decision",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.transparency.decision_explained

_maximum := input.profile.parameters.transparency.decision_explained.maximum_days

_path := ["attested", "transparency", "decision_explained"]
