package policyctl.controls.operations.corrective_actions

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_corrected",
		"resource": input.facts.id,
		"message": "it is attested that a system that does not conform is not corrected, or those concerned are not told",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.operations.corrective_actions

_maximum := input.profile.parameters.operations.corrective_actions.maximum_days

_path := ["attested", "operations", "corrective_actions"]
