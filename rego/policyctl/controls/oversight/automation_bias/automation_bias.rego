package policyctl.controls.oversight.automation_bias

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_aware",
		"resource": input.facts.id,
		"message": "it is attested that those who oversee the system are not kept aware of automation bias",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.oversight.automation_bias

_maximum := input.profile.parameters.oversight.automation_bias.maximum_days

_path := ["attested", "oversight", "automation_bias"]
