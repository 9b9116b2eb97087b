package policyctl.controls.logging.relevant_events

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_relevant",
		"resource": input.facts.id,
		"message": "it is attested that the logged events do not let risks, changes and operation be traced",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.logging.relevant_events

_maximum := input.profile.parameters.logging.relevant_events.maximum_days

_path := ["attested", "logging", "relevant_events"]
