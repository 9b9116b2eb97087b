package policyctl.controls.third_parties.assurances

import data.policyctl.lib.entry
import data.policyctl.lib.record
import data.policyctl.lib.supplier
import data.policyctl.lib.wording

resources contains input.facts.id if supplier.is_exempt == false

resources contains input.facts.id if count(_assurances) > 0

# METADATA
# description: Nobody has said anything about the supplier but the supplier.
findings contains finding if {
	some id in resources
	count(_assurances) == 0

	finding := {
		"code": "no_assurance",
		"resource": id,
		"message": sprintf("no certificate and no auditor's report about %s is recorded", [supplier.name]),
		"path": ["assurances"],
	}
}

# METADATA
# description: It is not said what it is about, or whose word it is.
findings contains finding if {
	some id in resources
	some index, assurance in _assurances
	some key, said in {"standard": "the standard", "issuer": "who issued it", "scope": "what it covers"}
	entry.says(assurance, key) == false

	finding := {
		"code": sprintf("no_%s", [key]),
		"resource": id,
		"message": sprintf("of %s it is not recorded: %s", [_title(assurance), said]),
		"path": ["assurances", index, key],
	}
}

# METADATA
# description: The supplier certifies itself.
findings contains finding if {
	some id in resources
	some index, assurance in _assurances
	entry.says(assurance, "issuer")
	is_string(_name)
	lower(assurance.issuer) == lower(_name)

	finding := {
		"code": "self_issued",
		"resource": id,
		"message": sprintf("%s was issued by the supplier itself, %s", [_title(assurance), assurance.issuer]),
		"path": ["assurances", index, "issuer"],
	}
}

# METADATA
# description: It does not hold as of the day.
findings contains finding if {
	some id in resources
	some index, assurance in _assurances
	state := _state(assurance)
	key := _keys[state]

	finding := {
		"code": state,
		"resource": id,
		"message": sprintf("%s %s %s", [_title(assurance), _states[state], assurance[key]]),
		"path": ["assurances", index, key],
	}
}

# METADATA
# description: It ends within the days in which a new one has to be asked for.
findings contains finding if {
	some id in resources
	some index, assurance in _assurances
	_state(assurance) == "in_force"
	assurance.last_day < record.days_after(input.as_of, _warning_days)

	finding := {
		"code": "expires_soon",
		"resource": id,
		"message": sprintf("%s ends on %s, in less than %d days", [_title(assurance), assurance.last_day, _warning_days]),
		"path": ["assurances", index, "last_day"],
	}
}

# METADATA
# description: The document is not named by its digest, is not there, or is another one.
findings contains finding if {
	some id in resources
	some index, assurance in _assurances
	some code in record.evidence_defects(entry.value(assurance, "evidence"))

	finding := {
		"code": code,
		"resource": id,
		"message": sprintf("%s: %s", [_said[code], _title(assurance)]),
		"path": ["assurances", index, "evidence"],
	}
}

# METADATA
# description: It cannot be told whether it holds.
undetermined contains undecided if {
	some id in resources
	some index, assurance in _assurances
	some key in ["first_day", "last_day"]
	record.is_day(entry.value(assurance, key)) == false

	undecided := {
		"resource": id,
		"path": ["assurances", index, key],
		"reason": sprintf("it is not recorded from which day to which %s counts", [_title(assurance)]),
	}
}

# METADATA
# description: It cannot be told whether the supplier certifies itself.
undetermined contains undecided if {
	count(_assurances) > 0
	wording.says_something(_name) == false

	undecided := {
		"resource": input.facts.id,
		"path": ["name"],
		"reason": "the supplier's name is not recorded, with which the issuers are compared",
	}
}

default _name := null

_name := input.facts.name

default _listed := null

_listed := input.facts.assurances

_assurances := entry.listed(_listed)

_state(assurance) := entry.state(entry.value(assurance, "first_day"), entry.value(assurance, "last_day"), input.as_of)

_title(assurance) := entry.told(assurance, "standard", "a certificate or report")

_keys := {"not_begun": "first_day", "expired": "last_day", "reversed": "last_day"}

_states := {"not_begun": "counts only from", "expired": "ended on", "reversed": "ends before it begins, on"}

_said := {
	"no_evidence": "no document is named with its SHA-256 digest",
	"evidence_changed": "the document is not the one that was recorded",
	"evidence_missing": "the document is not where the record says",
}

_warning_days := input.profile.parameters.third_parties.assurances.warning_days
