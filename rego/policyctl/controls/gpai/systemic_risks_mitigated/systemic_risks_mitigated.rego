package policyctl.controls.gpai.systemic_risks_mitigated

import data.policyctl.lib.gpai
import data.policyctl.lib.record
import data.policyctl.lib.stated
import data.policyctl.lib.wording

resources contains input.facts.id if gpai.systemic != "no"

# METADATA
# description: No systemic risk is assessed.
findings contains finding if {
	gpai.systemic == "yes"
	count(_risks) == 0

	finding := {
		"code": "no_risks",
		"resource": input.facts.id,
		"message": "no systemic risk at Union level is recorded as assessed",
		"path": ["risks"],
	}
}

# METADATA
# description: A risk is not named, has no source, or nothing is done against it.
findings contains finding if {
	gpai.systemic == "yes"
	some index, risk in _risks
	some key, code in {"risk": "no_risk", "source": "no_source", "measures": "no_measure"}
	not _says(risk, key)

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf(_messages[code], [_name(risk)]),
		"path": ["risks", index, key],
	}
}

# METADATA
# description: It is not stated when a risk was assessed.
undetermined contains entry if {
	gpai.systemic == "yes"
	some index, risk in _risks
	not _is_assessed(risk)

	entry := {
		"resource": input.facts.id,
		"path": ["risks", index, "assessed"],
		"reason": sprintf("no day is stated on which the risk %s was assessed", [_name(risk)]),
	}
}

# METADATA
# description: An entry that cannot be read is no risk.
undetermined contains entry if {
	gpai.systemic == "yes"
	some index, risk in _listed
	not is_object(risk)
	entry := {"resource": input.facts.id, "path": ["risks", index], "reason": "the entry cannot be read"}
}

# METADATA
# description: Whether the model has systemic risk cannot be told.
undetermined contains doubt if some doubt in gpai.systemic_doubts

_risks := {index: risk | some index, risk in _listed; is_object(risk)}

_says(risk, "measures") if count(record.statements(object.get(risk, ["measures"], []))) > 0

_says(risk, key) if {
	key != "measures"
	wording.says_something(object.get(risk, [key], null))
}

_is_assessed(risk) if {
	record.is_day(risk.assessed)
	risk.assessed <= input.as_of
}

_name(risk) := stated.shown(object.get(risk, ["risk"], ""))

_messages := {
	"no_risk": "a systemic risk is not named: %s",
	"no_source": "the source of the systemic risk %s is not stated",
	"no_measure": "nothing is stated to be done against the systemic risk %s",
}

_listed := input.facts.risks if is_array(input.facts.risks)
