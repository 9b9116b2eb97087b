package policyctl.controls.oversight.oversight_assigned

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_assigned",
		"resource": input.facts.id,
		"message": "it is attested that human oversight is not assigned to competent persons",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.oversight.oversight_assigned

_maximum := input.profile.parameters.oversight.oversight_assigned.maximum_days

_path := ["attested", "oversight", "oversight_assigned"]
