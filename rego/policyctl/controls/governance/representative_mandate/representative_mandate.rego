package policyctl.controls.governance.representative_mandate

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_performed",
		"resource": input.facts.id,
		"message": "it is attested that the authorised representative does not perform its mandate",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.representative_mandate

_maximum := input.profile.parameters.governance.representative_mandate.maximum_days

_path := ["attested", "governance", "representative_mandate"]
