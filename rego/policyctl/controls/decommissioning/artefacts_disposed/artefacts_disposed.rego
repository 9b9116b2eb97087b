package policyctl.controls.decommissioning.artefacts_disposed

import data.policyctl.lib.record
import data.policyctl.lib.stated

resources := {input.facts.id}

# METADATA
# description: Nothing is listed that holds the model, or nothing that holds data.
findings contains finding if {
	some held, code in {"model": "no_model", "data": "no_data"}
	count([artefact | some artefact in _artefacts; artefact.holds in {held, "model_and_data"}]) == 0

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf("no artefact is listed that holds the %s of the system", [held]),
		"path": ["artefacts"],
	}
}

# METADATA
# description: What becomes of an artefact is not stated.
findings contains finding if {
	some index, artefact in _artefacts
	fate := _fate(artefact)
	not fate in {"disposed", "retained"}

	finding := {
		"code": "no_fate",
		"resource": input.facts.id,
		"message": sprintf("whether %s is disposed of or retained is not stated", [_name(artefact)]),
		"path": ["artefacts", index, "fate"],
	}
}

# METADATA
# description: An artefact is retained without a reason.
findings contains finding if {
	some index, artefact in _artefacts
	_fate(artefact) == "retained"
	some finding in stated.lacking(artefact, {"reason": sprintf("why %s is retained", [_name(artefact)])}, ["artefacts", index])
}

# METADATA
# description: An artefact is retained without an end.
findings contains finding if {
	some index, artefact in _artefacts
	_fate(artefact) == "retained"
	record.is_day(_until(artefact)) == false

	finding := {
		"code": "no_end",
		"resource": input.facts.id,
		"message": sprintf("until which day %s is retained is not stated", [_name(artefact)]),
		"path": ["artefacts", index, "until"],
	}
}

# METADATA
# description: The time for which an artefact was to be retained is over.
findings contains finding if {
	some index, artefact in _artefacts
	_fate(artefact) != "disposed"
	record.is_day(_until(artefact))
	artefact.until < input.as_of

	finding := {
		"code": "overdue",
		"resource": input.facts.id,
		"message": sprintf("%s was to be retained until %s, and is not stated to be disposed of", [_name(artefact), artefact.until]),
		"path": ["artefacts", index, "until"],
	}
}

# METADATA
# description: That an artefact is disposed of is shown by no document, or by one that is not what its digest says.
findings contains finding if {
	some index, artefact in _artefacts
	_fate(artefact) == "disposed"
	record.is_day(_day(artefact))
	artefact.day <= input.as_of
	what := sprintf("that %s is disposed of", [_name(artefact)])
	some finding in stated.unproven(object.get(artefact, ["evidence"], []), what, ["artefacts", index, "evidence"])
}

# METADATA
# description: It is not stated when an artefact is disposed of.
undetermined contains entry if {
	some index, artefact in _artefacts
	_fate(artefact) == "disposed"
	record.is_day(_day(artefact)) == false

	entry := {
		"resource": input.facts.id,
		"path": ["artefacts", index, "day"],
		"reason": sprintf("no day is stated on which %s is disposed of", [_name(artefact)]),
	}
}

# METADATA
# description: An entry cannot be read.
undetermined contains entry if {
	some index, artefact in _listed
	not is_object(artefact)
	entry := {"resource": input.facts.id, "path": ["artefacts", index], "reason": "the entry cannot be read"}
}

_artefacts := {index: artefact | some index, artefact in _listed; is_object(artefact)}

_fate(artefact) := object.get(artefact, ["fate"], null)

_until(artefact) := object.get(artefact, ["until"], null)

_day(artefact) := object.get(artefact, ["day"], null)

_name(artefact) := stated.shown(object.get(artefact, ["name"], ""))

_listed := input.facts.artefacts if is_array(input.facts.artefacts)
