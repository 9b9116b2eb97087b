package policyctl.controls.documentation.instructions_for_use

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "incomplete",
		"resource": input.facts.id,
		"message": "it is attested that the instructions for use lack elements that deployers need",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.documentation.instructions_for_use

_maximum := input.profile.parameters.documentation.instructions_for_use.maximum_days

_path := ["attested", "documentation", "instructions_for_use"]
