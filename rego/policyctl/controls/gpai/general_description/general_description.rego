package policyctl.controls.gpai.general_description

import data.policyctl.lib.gpai
import data.policyctl.lib.stated

resources contains input.facts.id if gpai.exempt != "yes"

# METADATA
# description: The general description does not state one of its points.
findings contains finding if {
	gpai.exempt == "no"
	some finding in stated.lacking(_written, _elements, ["description"])
}

# METADATA
# description: The record claims the exemption for open models, and does not show that there is no systemic risk.
undetermined contains doubt if some doubt in gpai.exemption_doubts

default _written := {}

_written := input.facts.description

_elements := {
	"tasks": "the tasks that the model is meant for and the systems it can be built into",
	"acceptable_use": "the acceptable use policies",
	"release": "the date of release",
	"distribution": "the methods of distribution",
	"architecture": "the architecture",
	"parameters": "the number of parameters",
	"modalities": "the modality and format of inputs and outputs",
	"licence": "the licence",
}
