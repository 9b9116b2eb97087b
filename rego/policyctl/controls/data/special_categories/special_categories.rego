package policyctl.controls.data.special_categories

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "conditions_not_met",
		"resource": input.facts.id,
		"message": "it is attested that special categories of personal data are processed without all conditions",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.data.special_categories

_maximum := input.profile.parameters.data.special_categories.maximum_days

_path := ["attested", "data", "special_categories"]
