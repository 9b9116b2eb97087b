package policyctl.controls.impact.data_protection

import data.policyctl.lib.record
import data.policyctl.lib.wording

resources contains input.facts.id

# METADATA
# description: Personal data are processed, and neither the assessment of that is named nor why there is none.
findings contains finding if {
	_is_needed
	wording.says_something(_reference) == false

	finding := {
		"code": "not_linked",
		"resource": input.facts.id,
		"message": "personal data are processed, and neither a data protection impact assessment is named nor why there is none",
		"path": ["data_protection_assessment"],
	}
}

# METADATA
# description: The assessment that is named is not what it was, or cannot be found by a digest.
findings contains finding if {
	_is_needed
	wording.says_something(_reference)
	some code in record.evidence_defects(_evidence)

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf(_messages[code], [_reference]),
		"path": ["data_protection_assessment", "evidence"],
	}
}

undetermined contains entry if {
	not is_boolean(_personal_data)

	entry := {
		"resource": input.facts.id,
		"path": ["personal_data"],
		"reason": "whether personal data are processed is not stated",
	}
}

_is_needed if {
	_personal_data == true
	wording.says_something(_no_assessment) == false
}

_messages := {
	"no_evidence": "the data protection impact assessment %s is not named by its digest",
	"evidence_changed": "the file of the data protection impact assessment %s is not what its digest says",
	"evidence_missing": "the file of the data protection impact assessment %s is not there",
}

default _personal_data := "unstated"

_personal_data := input.facts.personal_data

default _no_assessment := null

_no_assessment := input.facts.no_data_protection_assessment

default _reference := null

_reference := input.facts.data_protection_assessment.reference

default _evidence := null

_evidence := input.facts.data_protection_assessment.evidence
