package policyctl.controls.incidents.report_completed

import data.policyctl.lib.incident
import data.policyctl.lib.record

resources contains input.facts.id if incident.spared == false

# METADATA
# description: Only incomplete reports were sent, and the time for completing them has passed.
findings contains finding if {
	incident.spared == false
	count(incident.sent) > 0
	count(_complete) == 0
	last := record.days_after(incident.first_report, input.profile.parameters.incidents.report_completed.maximum_days)
	input.as_of > last

	finding := {
		"code": "not_completed",
		"resource": input.facts.id,
		"message": sprintf("an incomplete report was sent on %s and no complete one until %s", [incident.first_report, last]),
		"path": ["reports"],
	}
}

# METADATA
# description: What was sent cannot be shown, because no evidence names it by its digest, or is not what it was.
findings contains finding if {
	incident.spared == false
	some one in incident.sent
	evidence := object.get(one.report, "evidence", [])
	some code in record.evidence_defects(evidence)

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf(_messages[code], [one.report.day]),
		"path": ["reports", one.index, "evidence"],
	}
}

undetermined contains entry if {
	incident.spared == false
	count(incident.sent) == 0

	entry := {
		"resource": input.facts.id,
		"path": ["reports"],
		"reason": "no report that was sent is recorded",
	}
}

undetermined contains entry if {
	incident.spared == false
	some index in incident.unclear_reports

	entry := {
		"resource": input.facts.id,
		"path": ["reports", index],
		"reason": "to whom and on which day this report was sent is not stated",
	}
}

_complete contains one.index if {
	some one in incident.sent
	one.report.complete == true
}

_messages := {
	"no_evidence": "the report of %s is recorded without the digest of what was sent",
	"evidence_changed": "the file of the report of %s is not what its digest says was sent",
	"evidence_missing": "the file of the report of %s is not there",
}
