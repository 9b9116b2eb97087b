package policyctl.controls.governance.vulnerable_groups

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_considered",
		"resource": input.facts.id,
		"message": "it is attested that adverse impact on minors and other vulnerable groups was not considered",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.vulnerable_groups

_maximum := input.profile.parameters.governance.vulnerable_groups.maximum_days

_path := ["attested", "governance", "vulnerable_groups"]
