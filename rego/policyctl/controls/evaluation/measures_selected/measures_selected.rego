package policyctl.controls.evaluation.measures_selected

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_chosen",
		"resource": input.facts.id,
		"message": "it is attested that what is measured was not chosen by risk or is not reviewed",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.evaluation.measures_selected

_maximum := input.profile.parameters.evaluation.measures_selected.maximum_days

_path := ["attested", "evaluation", "measures_selected"]
