package policyctl.controls.governance.authorised_representative

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_appointed",
		"resource": input.facts.id,
		"message": "it is attested that the provider has appointed no authorised representative",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.authorised_representative

_maximum := input.profile.parameters.governance.authorised_representative.maximum_days

_path := ["attested", "governance", "authorised_representative"]
