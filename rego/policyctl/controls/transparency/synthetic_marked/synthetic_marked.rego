package policyctl.controls.transparency.synthetic_marked

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_marked",
		"resource": input.facts.id,
		"message": "it is attested that synthetic output is not marked in a machine-readable format",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.transparency.synthetic_marked

_maximum := input.profile.parameters.transparency.synthetic_marked.maximum_days

_path := ["attested", "transparency", "synthetic_marked"]
