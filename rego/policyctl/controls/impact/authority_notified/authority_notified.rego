package policyctl.controls.impact.authority_notified

import data.policyctl.lib.impact
import data.policyctl.lib.record
import data.policyctl.lib.wording

resources contains input.facts.id if _article_27 != false

# METADATA
# description: The results are there for longer than the notification may take, and none is recorded.
findings contains finding if {
	_applies
	_notified == null
	input.as_of > _last

	finding := {
		"code": "not_notified",
		"resource": input.facts.id,
		"message": sprintf("no notification of the authority is recorded; %s was the last day for it", [_last]),
		"path": ["notification"],
	}
}

findings contains finding if {
	_applies
	_notified != null
	_notified > _last

	finding := {
		"code": "notified_late",
		"resource": input.facts.id,
		"message": sprintf("the authority was notified on %s; %s was the last day for it", [_notified, _last]),
		"path": ["notification", "day"],
	}
}

# METADATA
# description: Who was notified is not told.
findings contains finding if {
	_article_27 == true
	_notified != null
	wording.says_something(_to) == false

	finding := {
		"code": "no_addressee",
		"resource": input.facts.id,
		"message": "which authority was notified is not stated",
		"path": ["notification", "to"],
	}
}

# METADATA
# description: What was submitted cannot be shown.
findings contains finding if {
	_article_27 == true
	_notified != null
	some code in record.evidence_defects(_evidence)

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": _messages[code],
		"path": ["notification", "evidence"],
	}
}

undetermined contains entry if {
	some key in _unclear

	entry := {
		"resource": input.facts.id,
		"path": [key],
		"reason": _reasons[key],
	}
}

_unclear contains "article_27" if not is_boolean(_article_27)

_unclear contains "signed" if {
	_article_27 == true
	impact.signed == null
}

_applies if {
	_article_27 == true
	wording.says_something(_not_notified) == false
	_last != null
}

_last := record.days_after(impact.signed, input.profile.parameters.impact.authority_notified.maximum_days)

default _notified := null

_notified := input.facts.notification.day if {
	record.is_day(input.facts.notification.day)
	input.facts.notification.day <= input.as_of
}

_messages := {
	"no_evidence": "what was submitted to the authority is not named by its digest",
	"evidence_changed": "the file of what was submitted to the authority is not what its digest says",
	"evidence_missing": "the file of what was submitted to the authority is not there",
}

_reasons := {
	"article_27": "whether Article 27 asks for this assessment is not stated",
	"signed": "the day on which the assessment was signed, from which the time counts, is not stated",
}

default _article_27 := "unstated"

_article_27 := input.facts.article_27

default _not_notified := null

_not_notified := input.facts.not_notified

default _to := null

_to := input.facts.notification.to

default _evidence := null

_evidence := input.facts.notification.evidence
