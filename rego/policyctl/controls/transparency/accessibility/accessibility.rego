package policyctl.controls.transparency.accessibility

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_accessible",
		"resource": input.facts.id,
		"message": "it is attested that the system does not meet the requirements of accessibility",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.transparency.accessibility

_maximum := input.profile.parameters.transparency.accessibility.maximum_days

_path := ["attested", "transparency", "accessibility"]
