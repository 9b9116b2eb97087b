package policyctl.controls.governance.ce_marking

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_affixed",
		"resource": input.facts.id,
		"message": "it is attested that the system does not bear the CE marking as Article 48 asks for it",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.ce_marking

_maximum := input.profile.parameters.governance.ce_marking.maximum_days

_path := ["attested", "governance", "ce_marking"]
