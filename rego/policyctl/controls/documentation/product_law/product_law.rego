package policyctl.controls.documentation.product_law

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_joined",
		"resource": input.facts.id,
		"message": "it is attested that the product does not meet the other Union law, or has no single set of documentation",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.documentation.product_law

_maximum := input.profile.parameters.documentation.product_law.maximum_days

_path := ["attested", "documentation", "product_law"]
