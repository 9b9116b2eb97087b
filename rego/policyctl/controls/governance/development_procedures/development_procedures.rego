package policyctl.controls.governance.development_procedures

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "no_procedures",
		"resource": input.facts.id,
		"message": "it is attested that no procedures govern design, development and testing",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.development_procedures

_maximum := input.profile.parameters.governance.development_procedures.maximum_days

_path := ["attested", "governance", "development_procedures"]
