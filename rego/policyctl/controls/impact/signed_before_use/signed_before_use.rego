package policyctl.controls.impact.signed_before_use

import data.policyctl.lib.impact
import data.policyctl.lib.record
import data.policyctl.lib.wording

resources contains input.facts.id

# METADATA
# description: The system is in use, and the assessment is not signed.
findings contains finding if {
	record.is_day(_first_use)
	_first_use <= input.as_of
	impact.signed == null

	finding := {
		"code": "not_signed",
		"resource": input.facts.id,
		"message": sprintf("the system is in use since %s and no day is recorded on which the assessment was signed", [_first_use]),
		"path": ["signed"],
	}
}

# METADATA
# description: It was signed when the system was in use.
findings contains finding if {
	record.is_day(_first_use)
	impact.signed != null
	impact.signed >= _first_use

	finding := {
		"code": "signed_late",
		"resource": input.facts.id,
		"message": sprintf("the assessment was signed on %s, not before the first use on %s", [impact.signed, _first_use]),
		"path": ["signed", "day"],
	}
}

# METADATA
# description: No person answers for it, or in which function is not told.
findings contains finding if {
	impact.signed != null
	some key in _lacking

	finding := {
		"code": _lacks[key].code,
		"resource": input.facts.id,
		"message": _lacks[key].message,
		"path": ["signed", key],
	}
}

undetermined contains entry if {
	record.is_day(_first_use) == false

	entry := {
		"resource": input.facts.id,
		"path": ["first_use"],
		"reason": "the day of the first use, before which the assessment is due, is not stated",
	}
}

_lacking contains "by" if wording.names_person(_by) == false

_lacking contains "role" if wording.says_something(_role) == false

_lacks := {
	"by": {"code": "no_signatory", "message": "no person is named who signed the assessment"},
	"role": {"code": "no_function", "message": "the function of who signed the assessment is not stated"},
}

default _first_use := null

_first_use := input.facts.first_use

default _by := null

_by := input.facts.signed.by

default _role := null

_role := input.facts.signed.role
