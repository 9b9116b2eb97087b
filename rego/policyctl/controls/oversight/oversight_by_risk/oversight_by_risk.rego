package policyctl.controls.oversight.oversight_by_risk

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_decided",
		"resource": input.facts.id,
		"message": "it is attested that the measures of oversight were not chosen by the risks that remain",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.oversight.oversight_by_risk

_maximum := input.profile.parameters.oversight.oversight_by_risk.maximum_days

_path := ["attested", "oversight", "oversight_by_risk"]
