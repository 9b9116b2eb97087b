package policyctl.controls.governance.risks_identified

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_identified",
		"resource": input.facts.id,
		"message": "it is attested that the risks of the system were not identified and evaluated",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.risks_identified

_maximum := input.profile.parameters.governance.risks_identified.maximum_days

_path := ["attested", "governance", "risks_identified"]
