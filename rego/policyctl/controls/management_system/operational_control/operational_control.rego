package policyctl.controls.management_system.operational_control

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_controlled",
		"resource": input.facts.id,
		"message": "it is attested that operation and changes of this system are not planned and controlled",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.management_system.operational_control

_maximum := input.profile.parameters.management_system.operational_control.maximum_days

_path := ["attested", "management_system", "operational_control"]
