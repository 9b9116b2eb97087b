package policyctl.controls.gpai.downstream_information

import data.policyctl.lib.gpai
import data.policyctl.lib.stated

resources contains input.facts.id if gpai.exempt != "yes"

# METADATA
# description: What downstream providers are given leaves out a point.
findings contains finding if {
	gpai.exempt == "no"
	some point, what in _points
	not point in _covered

	finding := {
		"code": sprintf("no_%s", [point]),
		"resource": input.facts.id,
		"message": sprintf("what downstream providers are given does not cover %s", [what]),
		"path": ["downstream", "points"],
	}
}

# METADATA
# description: The documents that downstream providers are given are not named by their digest, or are not what it says.
findings contains finding if {
	gpai.exempt == "no"
	some finding in stated.unproven(_documents, "what downstream providers are given", ["downstream", "evidence"])
}

# METADATA
# description: The record claims the exemption for open models, and does not show that there is no systemic risk.
undetermined contains doubt if some doubt in gpai.exemption_doubts

_covered := {point | some point in _listed} if {
	is_array(_listed)
} else := set()

_listed := input.facts.downstream.points

default _documents := []

_documents := input.facts.downstream.evidence

_points := {
	"tasks": "the tasks that the model is meant for and the systems it can be built into",
	"acceptable_use": "the acceptable use policies",
	"release": "the date of release",
	"distribution": "the methods of distribution",
	"interaction": "how the model interacts with hardware or software outside it",
	"software_versions": "the versions of relevant software",
	"architecture": "the architecture",
	"parameters": "the number of parameters",
	"modalities": "the modality and format of inputs and outputs",
	"licence": "the licence",
	"integration": "the technical means that integrating the model needs",
	"maximum_size": "the maximum size of inputs and outputs",
	"data": "the type, provenance and curation of the data",
}
