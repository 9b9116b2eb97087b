package policyctl.controls.third_parties.continuity

import data.policyctl.lib.entry
import data.policyctl.lib.record
import data.policyctl.lib.supplier
import data.policyctl.lib.wording

resources := {input.facts.id}

# METADATA
# description: It is not said how to leave, or what to do meanwhile.
findings contains finding if {
	some key, said in {"exit": "how the system leaves", "fallback": "what is done when it fails:"}
	entry.says(_continuity, key) == false

	finding := {
		"code": sprintf("no_%s", [key]),
		"resource": input.facts.id,
		"message": sprintf("it is not recorded %s %s", [said, supplier.name]),
		"path": ["continuity", key],
	}
}

# METADATA
# description: Nobody has to act when the supplier fails.
findings contains finding if {
	responsible := entry.value(_continuity, "responsible")
	wording.names_person(responsible) == false

	finding := {
		"code": "no_person",
		"resource": input.facts.id,
		"message": sprintf("no person is named who acts when %s fails", [supplier.name]),
		"path": ["continuity", "responsible"],
	}
}

# METADATA
# description: Whether the fallback works was not tried.
findings contains finding if {
	_is_tried == false

	finding := {
		"code": "not_tested",
		"resource": input.facts.id,
		"message": sprintf("it is not recorded that the fallback for %s was tried up to %s", [supplier.name, input.as_of]),
		"path": ["continuity", "tested"],
	}
}

# METADATA
# description: Whether it still works was not tried.
findings contains finding if {
	_is_tried
	record.days_after(_tested, _interval_days) < input.as_of

	finding := {
		"code": "test_overdue",
		"resource": input.facts.id,
		"message": sprintf("the fallback for %s was last tried on %s, more than %d days ago", [supplier.name, _tested, _interval_days]),
		"path": ["continuity", "tested"],
	}
}

# METADATA
# description: The plan or the record of the test is not named by its digest, is not there, or is another document.
findings contains finding if {
	some code in record.evidence_defects(entry.value(_continuity, "evidence"))

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf("%s: the plan for when %s fails", [_said[code], supplier.name]),
		"path": ["continuity", "evidence"],
	}
}

default _continuity := null

_continuity := input.facts.continuity

_tested := entry.value(_continuity, "tested")

default _is_tried := false

_is_tried if {
	record.is_day(_tested)
	_tested <= input.as_of
}

_said := {
	"no_evidence": "no document is named with its SHA-256 digest",
	"evidence_changed": "the document is not the one that was recorded",
	"evidence_missing": "the document is not where the record says",
}

_interval_days := input.profile.parameters.third_parties.continuity.interval_days
