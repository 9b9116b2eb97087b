package policyctl.controls.operations.serious_incident_procedure

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_in_place",
		"resource": input.facts.id,
		"message": "it is attested that no procedure for reporting serious incidents is in place",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.operations.serious_incident_procedure

_maximum := input.profile.parameters.operations.serious_incident_procedure.maximum_days

_path := ["attested", "operations", "serious_incident_procedure"]
