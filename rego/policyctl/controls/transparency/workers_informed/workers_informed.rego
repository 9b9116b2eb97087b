package policyctl.controls.transparency.workers_informed

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_informed",
		"resource": input.facts.id,
		"message": "it is attested that workers and their representatives were not informed",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.transparency.workers_informed

_maximum := input.profile.parameters.transparency.workers_informed.maximum_days

_path := ["attested", "transparency", "workers_informed"]
