package policyctl.controls.governance.compliance_strategy

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "no_strategy",
		"resource": input.facts.id,
		"message": "it is attested that there is no strategy for regulatory compliance",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.compliance_strategy

_maximum := input.profile.parameters.governance.compliance_strategy.maximum_days

_path := ["attested", "governance", "compliance_strategy"]
