package policyctl.controls.governance.authority_requests

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_answered",
		"resource": input.facts.id,
		"message": "it is attested that requests of authorities are not answered",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.authority_requests

_maximum := input.profile.parameters.governance.authority_requests.maximum_days

_path := ["attested", "governance", "authority_requests"]
