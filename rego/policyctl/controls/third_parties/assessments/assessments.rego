package policyctl.controls.third_parties.assessments

import data.policyctl.lib.entry
import data.policyctl.lib.record
import data.policyctl.lib.supplier
import data.policyctl.lib.wording

resources := {input.facts.id}

# METADATA
# description: Nobody has looked at the supplier yet.
findings contains finding if {
	count(_done) == 0

	finding := {
		"code": "no_assessment",
		"resource": input.facts.id,
		"message": sprintf("no assessment of %s is recorded as of %s", [supplier.name, input.as_of]),
		"path": ["assessments"],
	}
}

# METADATA
# description: The first look came after the first use.
findings contains finding if {
	record.is_day(_first_use)
	first := min({assessment.day | some assessment in _done})
	_first_use < first

	finding := {
		"code": "assessed_late",
		"resource": input.facts.id,
		"message": sprintf("%s was first assessed on %s, after the first use on %s", [supplier.name, first, _first_use]),
		"path": ["first_use"],
	}
}

# METADATA
# description: The last look is too long ago.
findings contains finding if {
	record.days_after(_last, _interval_days) < input.as_of

	finding := {
		"code": "review_overdue",
		"resource": input.facts.id,
		"message": sprintf("the last assessment of %s, on %s, is more than %d days ago", [supplier.name, _last, _interval_days]),
		"path": ["assessments"],
	}
}

# METADATA
# description: What is used was rejected the last time.
findings contains finding if {
	record.is_day(_first_use)
	_first_use <= input.as_of
	some index, assessment in _done
	assessment.day == _last
	entry.value(assessment, "result") == "rejected"

	finding := {
		"code": "rejected",
		"resource": input.facts.id,
		"message": sprintf("%s was rejected on %s and is in use since %s", [supplier.name, _last, _first_use]),
		"path": ["assessments", index, "result"],
	}
}

# METADATA
# description: It was accepted with conditions that nobody can read.
findings contains finding if {
	some index, assessment in _assessments
	entry.value(assessment, "result") == "accepted_with_conditions"
	count(record.statements(entry.value(assessment, "conditions"))) == 0

	finding := {
		"code": "no_conditions",
		"resource": input.facts.id,
		"message": sprintf("the assessment of %s accepts with conditions and names none", [_day(assessment)]),
		"path": ["assessments", index, "conditions"],
	}
}

# METADATA
# description: Nobody answers for what was found.
findings contains finding if {
	some index, assessment in _assessments
	by := entry.value(assessment, "by")
	wording.names_person(by) == false

	finding := {
		"code": "no_person",
		"resource": input.facts.id,
		"message": sprintf("the assessment of %s names no person who made it: %s", [_day(assessment), _written(by)]),
		"path": ["assessments", index, "by"],
	}
}

# METADATA
# description: What was found is not named by its digest, is not there, or is another document.
findings contains finding if {
	some index, assessment in _assessments
	some code in record.evidence_defects(entry.value(assessment, "evidence"))

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf("%s: the assessment of %s", [_said[code], _day(assessment)]),
		"path": ["assessments", index, "evidence"],
	}
}

# METADATA
# description: It cannot be told when an assessment was made.
undetermined contains undecided if {
	some index, assessment in _assessments
	record.is_day(entry.value(assessment, "day")) == false
	undecided := _unclear(["assessments", index, "day"], "it is not recorded on which day the assessment was made")
}

# METADATA
# description: It cannot be told what an assessment found.
undetermined contains undecided if {
	some index, assessment in _assessments
	not entry.value(assessment, "result") in {"accepted", "accepted_with_conditions", "rejected"}
	undecided := _unclear(["assessments", index, "result"], "it is not recorded whether the supplier was accepted or rejected")
}

# METADATA
# description: It cannot be told whether the assessment came first.
undetermined contains undecided if {
	record.is_day(_first_use) == false
	undecided := _unclear(["first_use"], "it is not recorded on which day the system first used what is supplied")
}

_unclear(path, reason) := {"resource": input.facts.id, "path": path, "reason": reason}

default _listed := null

_listed := input.facts.assessments

default _first_use := null

_first_use := input.facts.first_use

_assessments := entry.listed(_listed)

# A day to come is a plan.
_done[index] := assessment if {
	some index, assessment in _assessments
	day := entry.value(assessment, "day")
	record.is_day(day)
	day <= input.as_of
}

_last := max({assessment.day | some assessment in _done})

_day(assessment) := entry.value(assessment, "day") if {
	record.is_day(entry.value(assessment, "day"))
} else := "an unknown day"

_written(by) := by if {
	is_string(by)
} else := "nobody"

_said := {
	"no_evidence": "no document is named with its SHA-256 digest",
	"evidence_changed": "the document is not the one that was recorded",
	"evidence_missing": "the document is not where the record says",
}

_interval_days := input.profile.parameters.third_parties.assessments.interval_days
