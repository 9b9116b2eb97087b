package policyctl.controls.governance.record_keeping

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_kept",
		"resource": input.facts.id,
		"message": "it is attested that no procedure keeps the documentation on the system",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.record_keeping

_maximum := input.profile.parameters.governance.record_keeping.maximum_days

_path := ["attested", "governance", "record_keeping"]
