package policyctl.controls.gpai.cybersecurity

import data.policyctl.lib.gpai
import data.policyctl.lib.record
import data.policyctl.lib.stated

resources contains input.facts.id if gpai.systemic != "no"

# METADATA
# description: No measure is stated that protects the model.
findings contains finding if {
	gpai.systemic == "yes"
	count(record.statements(_model)) == 0

	finding := {
		"code": "model_unprotected",
		"resource": input.facts.id,
		"message": "no measure is stated that protects the model, its weights above all",
		"path": ["cybersecurity", "model"],
	}
}

# METADATA
# description: No measure is stated that protects the physical infrastructure.
findings contains finding if {
	gpai.systemic == "yes"
	count(record.statements(_infrastructure)) == 0

	finding := {
		"code": "infrastructure_unprotected",
		"resource": input.facts.id,
		"message": "no measure is stated that protects the physical infrastructure of the model",
		"path": ["cybersecurity", "infrastructure"],
	}
}

# METADATA
# description: No document shows the protection by its digest, or one is not what it says.
findings contains finding if {
	gpai.systemic == "yes"
	some finding in stated.unproven(_documents, "how the model and its infrastructure are protected", ["cybersecurity", "evidence"])
}

# METADATA
# description: Whether the model has systemic risk cannot be told.
undetermined contains doubt if some doubt in gpai.systemic_doubts

default _model := []

_model := input.facts.cybersecurity.model

default _infrastructure := []

_infrastructure := input.facts.cybersecurity.infrastructure

default _documents := []

_documents := input.facts.cybersecurity.evidence
