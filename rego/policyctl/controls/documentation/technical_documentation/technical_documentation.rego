package policyctl.controls.documentation.technical_documentation

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_drawn_up",
		"resource": input.facts.id,
		"message": "it is attested that no technical documentation is drawn up",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.documentation.technical_documentation

_maximum := input.profile.parameters.documentation.technical_documentation.maximum_days

_path := ["attested", "documentation", "technical_documentation"]
