package policyctl.controls.documentation.requirements_specified

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_specified",
		"resource": input.facts.id,
		"message": "it is attested that the requirements of the system are not specified",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.documentation.requirements_specified

_maximum := input.profile.parameters.documentation.requirements_specified.maximum_days

_path := ["attested", "documentation", "requirements_specified"]
