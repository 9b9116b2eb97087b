package policyctl.controls.gpai.systemic_documentation

import data.policyctl.lib.gpai
import data.policyctl.lib.stated

resources contains input.facts.id if gpai.systemic != "no"

# METADATA
# description: The documentation of a model with systemic risk does not state one of the points that come on top.
findings contains finding if {
	gpai.systemic == "yes"
	some finding in stated.lacking(_written, _elements, ["systemic_documentation"])
}

# METADATA
# description: Whether the model has systemic risk cannot be told.
undetermined contains doubt if some doubt in gpai.systemic_doubts

default _written := {}

_written := input.facts.systemic_documentation

_elements := {
	"evaluation_strategy": "the evaluation strategies, with criteria and metrics",
	"evaluation_results": "the results of the evaluations",
	"adversarial_testing": "the internal or external adversarial testing",
	"adaptations": "adaptations of the model, alignment and fine-tuning among them",
	"system_architecture": "the system architecture",
}
