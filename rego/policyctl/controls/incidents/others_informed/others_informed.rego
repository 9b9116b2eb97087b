package policyctl.controls.incidents.others_informed

import data.policyctl.lib.incident
import data.policyctl.lib.record
import data.policyctl.lib.wording

resources contains input.facts.id if incident.spared == false

# METADATA
# description: Nothing is recorded of somebody who has to be told.
findings contains finding if {
	_is_past
	missing := {concat(" or ", [_names[party] | some party in parties]) |
		some parties in _required[_role]
		count(parties & _named) == 0
	}
	count(missing) > 0

	finding := {
		"code": "not_informed",
		"resource": input.facts.id,
		"message": sprintf("informing %s is not recorded, nor why it is not needed", [concat(", ", missing)]),
		"path": ["informed"],
	}
}

# METADATA
# description: Somebody who has to be told is named, and neither the day on which they were told nor why they need not be.
findings contains finding if {
	_is_past
	some index, entry in _relevant
	not _is_settled(entry)

	finding := {
		"code": "not_informed",
		"resource": input.facts.id,
		"message": sprintf("no day is recorded for informing %s, nor why it is not needed", [_name(entry)]),
		"path": ["informed", index],
	}
}

# METADATA
# description: They were told after the days that the organisation takes for "at once".
findings contains finding if {
	incident.spared == false
	_last != null
	some index, entry in _relevant
	_is_told(entry)
	entry.day > _last

	finding := {
		"code": "informed_late",
		"resource": input.facts.id,
		"message": sprintf("informing %s took until %s; %s was the last day for it", [_name(entry), entry.day, _last]),
		"path": ["informed", index, "day"],
	}
}

# METADATA
# description: A deployer told others before the provider.
findings contains finding if {
	incident.spared == false
	_role == "deployer"
	some index, entry in _informed
	_is_told(entry)
	entry.who == "provider"
	first := min(_days_of_others)
	first < entry.day

	finding := {
		"code": "provider_not_first",
		"resource": input.facts.id,
		"message": sprintf("the provider was informed on %s, after others on %s", [entry.day, first]),
		"path": ["informed", index, "day"],
	}
}

# METADATA
# description: That they were told cannot be shown.
findings contains finding if {
	incident.spared == false
	some index, entry in _relevant
	_is_told(entry)
	evidence := object.get(entry, "evidence", [])
	some code in record.evidence_defects(evidence)

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf(_messages[code], [_name(entry)]),
		"path": ["informed", index, "evidence"],
	}
}

undetermined contains entry if {
	incident.spared == false
	some key in _unclear

	entry := {
		"resource": input.facts.id,
		"path": [key],
		"reason": _reasons[key],
	}
}

_unclear contains "aware" if incident.aware == null

_unclear contains "role" if _role == "unstated"

_reasons := {
	"aware": "the day on which the organisation became aware, from which the time counts, is not stated",
	"role": "whether the organisation is the provider or a deployer, which decides who is informed, is not stated",
}

# Art. 20(1) and 26(5) of Regulation (EU) 2024/1689: one of each set.
_required := {
	"provider": {{"deployers"}, {"distributors"}, {"importers"}, {"authorised_representative"}},
	"deployer": {{"provider"}, {"importers", "distributors"}},
}

_names := {
	"provider": "the provider",
	"deployers": "the deployers",
	"distributors": "the distributors",
	"importers": "the importers",
	"authorised_representative": "the authorised representative",
}

_messages := {
	"no_evidence": "no evidence of informing %s is named by its digest",
	"evidence_changed": "the evidence of informing %s is not what its digest says",
	"evidence_missing": "the file with the evidence of informing %s is not there",
}

_last := incident.due(input.profile.parameters.incidents.others_informed.maximum_days)

_is_past if {
	incident.spared == false
	_last != null
	input.as_of > _last
}

_named := {entry.who | some entry in _informed}

_is_told(entry) if incident.has_come(entry.day)

_is_settled(entry) if _is_told(entry)

_is_settled(entry) if wording.says_something(entry.not_needed)

_days_of_others := {entry.day | some entry in _informed; entry.who != "provider"; _is_told(entry)} | {one.report.day | some one in incident.sent}

_name(entry) := _names[entry.who]

_relevant[index] := entry if {
	some index, entry in _informed
	some parties in _required[_role]
	entry.who in parties
}

_informed := [entry |
	some listed in _listed
	entry := _object(listed)
] if {
	is_array(_listed)
} else := []

_object(listed) := listed if {
	is_object(listed)
} else := {}

default _listed := []

_listed := input.facts.informed

default _role := "unstated"

_role := input.facts.role if input.facts.role in {"provider", "deployer"}
