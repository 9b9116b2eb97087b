package policyctl.controls.operations.use_by_instructions

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "no_measures",
		"resource": input.facts.id,
		"message": "it is attested that no measures see to it that the system is used according to its instructions",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.operations.use_by_instructions

_maximum := input.profile.parameters.operations.use_by_instructions.maximum_days

_path := ["attested", "operations", "use_by_instructions"]
