package policyctl.controls.transparency.affected_informed

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_told",
		"resource": input.facts.id,
		"message": "it is attested that people are not told that the system takes part in decisions about them",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.transparency.affected_informed

_maximum := input.profile.parameters.transparency.affected_informed.maximum_days

_path := ["attested", "transparency", "affected_informed"]
