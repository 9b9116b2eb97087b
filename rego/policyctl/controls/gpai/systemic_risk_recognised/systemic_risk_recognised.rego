package policyctl.controls.gpai.systemic_risk_recognised

import data.policyctl.lib.gpai

resources := {input.facts.id}

# METADATA
# description: Training took more than the threshold, and the record does not say that the model has systemic risk.
findings contains finding if {
	gpai.systemic == "yes"
	gpai.stated_systemic != true

	finding := {
		"code": "not_recognised",
		"resource": input.facts.id,
		"message": sprintf(
			"training took %s floating point operations, more than 10^25, and the record does not say that the model has systemic risk",
			[gpai.written_compute],
		),
		"path": ["systemic_risk", "present"],
	}
}

# METADATA
# description: Whether the model has systemic risk cannot be told.
undetermined contains doubt if some doubt in gpai.systemic_doubts
