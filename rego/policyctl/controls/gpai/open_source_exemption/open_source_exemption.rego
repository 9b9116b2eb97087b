package policyctl.controls.gpai.open_source_exemption

import data.policyctl.lib.gpai

resources contains input.facts.id if gpai.claims_open_source

# METADATA
# description: The licence is not one that is known to be free and open-source.
findings contains finding if {
	gpai.claims_open_source
	"licence" in gpai.open_source_defects

	finding := {
		"code": "licence_not_free",
		"resource": input.facts.id,
		"message": sprintf("the model is claimed to be free and open-source under a licence that is not known as such: %v", [_licence]),
		"path": ["open_source", "licence"],
	}
}

# METADATA
# description: Something that has to be public has no address.
findings contains finding if {
	gpai.claims_open_source
	some key, what in _public
	key in gpai.open_source_defects

	finding := {
		"code": sprintf("%s_not_public", [key]),
		"resource": input.facts.id,
		"message": sprintf("the model is claimed to be free and open-source, and no address is named at which %s", [what]),
		"path": ["open_source", key],
	}
}

# METADATA
# description: The model has systemic risk, with which there is no exemption.
findings contains finding if {
	gpai.claims_open_source
	gpai.systemic == "yes"

	finding := {
		"code": "systemic_risk",
		"resource": input.facts.id,
		"message": "the exemption for open models is claimed for a model with systemic risk",
		"path": ["open_source"],
	}
}

# METADATA
# description: Whether the model has systemic risk cannot be told.
undetermined contains doubt if {
	gpai.claims_open_source
	some doubt in gpai.systemic_doubts
}

# METADATA
# description: The exemption is not claimed, and the model is not described as one without it would be.
undetermined contains entry if {
	not gpai.claims_open_source
	not _is_described

	entry := {
		"resource": input.facts.id,
		"path": ["open_source"],
		"reason": "the record neither claims the exemption for open models nor describes the model",
	}
}

_is_described if is_object(input.facts.description)

default _licence := "nothing is stated"

_licence := input.facts.open_source.licence

_public := {
	"weights": "its weights are public",
	"architecture": "the information on its architecture is public",
	"usage": "the information on its use is public",
}
