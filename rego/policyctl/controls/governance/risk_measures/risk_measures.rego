package policyctl.controls.governance.risk_measures

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_adopted",
		"resource": input.facts.id,
		"message": "it is attested that no targeted measures are adopted for the risks found",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.risk_measures

_maximum := input.profile.parameters.governance.risk_measures.maximum_days

_path := ["attested", "governance", "risk_measures"]
