package policyctl.controls.transparency.deep_fakes_disclosed

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_disclosed",
		"resource": input.facts.id,
		"message": "it is attested that deep fakes or generated texts of public interest are not disclosed",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.transparency.deep_fakes_disclosed

_maximum := input.profile.parameters.transparency.deep_fakes_disclosed.maximum_days

_path := ["attested", "transparency", "deep_fakes_disclosed"]
