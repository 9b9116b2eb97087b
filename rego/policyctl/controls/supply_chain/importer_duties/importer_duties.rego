package policyctl.controls.supply_chain.importer_duties

import data.policyctl.lib.attestation

resources := attestation.subjects(_attested, _maximum)

# METADATA
# description: A person attests that it is not so.
findings contains finding if {
	attestation.denies(_attested)

	finding := {
		"code": "not_performed",
		"resource": input.facts.id,
		"message": "it is attested that the importer does not perform its duties beside verification",
		"path": _path,
	}
}

# METADATA
# description: Nobody attests it, or the attestation does not count.
undetermined contains doubt if some doubt in attestation.doubts(_attested, _maximum, _path)

default _attested := null

_attested := input.attested.supply_chain.importer_duties

_maximum := input.profile.parameters.supply_chain.importer_duties.maximum_days

_path := ["attested", "supply_chain", "importer_duties"]
