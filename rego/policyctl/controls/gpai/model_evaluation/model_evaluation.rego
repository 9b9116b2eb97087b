package policyctl.controls.gpai.model_evaluation

import data.policyctl.lib.gpai
import data.policyctl.lib.record
import data.policyctl.lib.stated
import data.policyctl.lib.wording

resources contains input.facts.id if gpai.systemic != "no"

# METADATA
# description: No evaluation is recorded.
findings contains finding if {
	gpai.systemic == "yes"
	count(_evaluations) == 0

	finding := {
		"code": "no_evaluation",
		"resource": input.facts.id,
		"message": "no evaluation of the model is recorded",
		"path": ["evaluations"],
	}
}

# METADATA
# description: The model was attacked in none of them.
findings contains finding if {
	gpai.systemic == "yes"
	count([evaluation | some evaluation in _evaluations; evaluation.adversarial == true]) == 0

	finding := {
		"code": "no_adversarial_testing",
		"resource": input.facts.id,
		"message": "no evaluation is recorded in which the model was attacked",
		"path": ["evaluations"],
	}
}

# METADATA
# description: An evaluation names no protocol or tool.
findings contains finding if {
	gpai.systemic == "yes"
	some index, evaluation in _evaluations
	wording.says_something(object.get(evaluation, ["protocol"], null)) == false

	finding := {
		"code": "no_protocol",
		"resource": input.facts.id,
		"message": sprintf("the evaluation %s names no protocol or tool by which it was done", [_title(evaluation)]),
		"path": ["evaluations", index, "protocol"],
	}
}

# METADATA
# description: The report of an evaluation is not named by its digest, or is not what it says.
findings contains finding if {
	gpai.systemic == "yes"
	some index, evaluation in _evaluations
	what := sprintf("the result of the evaluation %s", [_title(evaluation)])
	some finding in stated.unproven(object.get(evaluation, ["evidence"], []), what, ["evaluations", index, "evidence"])
}

# METADATA
# description: It is not stated when an evaluation was done.
undetermined contains entry if {
	gpai.systemic == "yes"
	some index, evaluation in _evaluations
	not _is_done(evaluation)

	entry := {
		"resource": input.facts.id,
		"path": ["evaluations", index, "day"],
		"reason": sprintf("no day is stated on which the evaluation %s was done", [_title(evaluation)]),
	}
}

# METADATA
# description: An entry that cannot be read is no evaluation.
undetermined contains entry if {
	gpai.systemic == "yes"
	some index, evaluation in _listed
	not is_object(evaluation)
	entry := {"resource": input.facts.id, "path": ["evaluations", index], "reason": "the entry cannot be read"}
}

# METADATA
# description: Whether the model has systemic risk cannot be told.
undetermined contains doubt if some doubt in gpai.systemic_doubts

_evaluations := {index: evaluation | some index, evaluation in _listed; is_object(evaluation)}

_is_done(evaluation) if {
	record.is_day(evaluation.day)
	evaluation.day <= input.as_of
}

_title(evaluation) := stated.shown(object.get(evaluation, ["title"], ""))

_listed := input.facts.evaluations if is_array(input.facts.evaluations)
