package policyctl.controls.gpai.development_process

import data.policyctl.lib.gpai
import data.policyctl.lib.stated

resources contains input.facts.id if gpai.exempt != "yes"

# METADATA
# description: The description of how the model was made does not state one of its points.
findings contains finding if {
	gpai.exempt == "no"
	some finding in stated.lacking(_written, _elements, ["development"])
}

# METADATA
# description: The computation used for training is not stated.
findings contains finding if {
	gpai.exempt == "no"
	gpai.compute in {"absent", "unclear"}

	finding := {
		"code": "no_compute",
		"resource": input.facts.id,
		"message": "the record says nothing about the computation used for training",
		"path": ["training_compute"],
	}
}

# METADATA
# description: The record claims the exemption for open models, and does not show that there is no systemic risk.
undetermined contains doubt if some doubt in gpai.exemption_doubts

default _written := {}

_written := input.facts.development

_elements := {
	"integration": "the technical means that integrating the model needs",
	"design": "the design, the training process and the reasons for the main choices",
	"data_type": "the type of the training, testing and validation data",
	"data_provenance": "the provenance of the data",
	"data_curation": "how the data was curated",
	"data_selection": "how the data was obtained and selected",
	"bias_detection": "how unsuitable data and biases were looked for",
	"training_time": "the training time",
	"energy": "the known or estimated energy consumption",
}
