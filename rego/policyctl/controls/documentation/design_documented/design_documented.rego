package policyctl.controls.documentation.design_documented

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_documented",
		"resource": input.facts.id,
		"message": "it is attested that design and development of the system are not documented",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.documentation.design_documented

_maximum := input.profile.parameters.documentation.design_documented.maximum_days

_path := ["attested", "documentation", "design_documented"]
