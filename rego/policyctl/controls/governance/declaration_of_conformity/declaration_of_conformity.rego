package policyctl.controls.governance.declaration_of_conformity

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_drawn_up",
		"resource": input.facts.id,
		"message": "it is attested that the system has no EU declaration of conformity as Article 47 asks for it",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.governance.declaration_of_conformity

_maximum := input.profile.parameters.governance.declaration_of_conformity.maximum_days

_path := ["attested", "governance", "declaration_of_conformity"]
