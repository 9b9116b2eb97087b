package policyctl.controls.gpai.incident_tracking

import data.policyctl.lib.gpai
import data.policyctl.lib.stated
import data.policyctl.lib.wording

resources contains input.facts.id if gpai.systemic != "no"

# METADATA
# description: No person answers for tracking and reporting serious incidents.
findings contains finding if {
	gpai.systemic == "yes"
	wording.names_person(_name) == false

	finding := {
		"code": "no_name",
		"resource": input.facts.id,
		"message": sprintf("no person is named by first and last name who answers for tracking and reporting serious incidents: %v", [_name]),
		"path": ["incident_tracking", "name"],
	}
}

# METADATA
# description: The person's function is not stated.
findings contains finding if {
	gpai.systemic == "yes"
	some finding in stated.lacking(_written, {"role": "the function of the person who answers for serious incidents"}, ["incident_tracking"])
}

# METADATA
# description: The procedure is not named by its digest, or is not what it says.
findings contains finding if {
	gpai.systemic == "yes"
	some finding in stated.unproven(_documents, "how serious incidents are tracked and reported", ["incident_tracking", "evidence"])
}

# METADATA
# description: Whether the model has systemic risk cannot be told.
undetermined contains doubt if some doubt in gpai.systemic_doubts

default _written := {}

_written := input.facts.incident_tracking

default _name := "none"

_name := input.facts.incident_tracking.name

default _documents := []

_documents := input.facts.incident_tracking.evidence
