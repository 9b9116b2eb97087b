package policyctl.controls.documentation.card_results_true

import data.policyctl.lib.entry
import data.policyctl.lib.measures
import data.policyctl.lib.model
import data.policyctl.lib.results

resources contains input.facts.id if _claimed != []

# METADATA
# description: The card says something else than what was measured.
findings contains finding if {
	some one in _claims
	claimed := one.number
	claimed != null
	recorded := _recorded(one)
	count(recorded) > 0
	every number in recorded {
		number != null
		not _agree(claimed, number)
	}

	told := [one.metric, one.dataset, claimed, concat(", ", [sprintf("%v", [number]) | some number in recorded])]
	finding := model.finding("contradicted", sprintf("the card says that %s on %s is %v, and recorded is %s", told), one.path)
}

# METADATA
# description: What nobody recorded of this version can be neither true nor false.
undetermined contains model.untold(sprintf("no recorded result of this version says what %s on %s is", [one.metric, one.dataset]), one.path) if {
	some one in _claims
	_recorded(one) == []
}

# METADATA
# description: A value, in the card or on record, may be a fraction as well as a percentage, or is none.
undetermined contains model.untold(sprintf("the values of %s on %s cannot be compared", [one.metric, one.dataset]), one.path) if {
	some one in _claims
	recorded := _recorded(one)
	count(recorded) > 0
	null in array.concat([one.number], recorded)
}

# METADATA
# description: Without a card, or where its results cannot be read, there is nothing to compare.
undetermined contains model.untold("the results in the version's card are not known", ["card"]) if {
	not is_array(_claimed)
}

_claims := [claim |
	some index, result in entry.listed(_claimed)
	claim := {
		"metric": entry.told(result, "metric", "a metric without a name"),
		"dataset": entry.told(result, "dataset", "a dataset without a name"),
		"subject": _subject(result),
		"number": _number(result),
		"path": ["card", "facts", "results", index],
	}
]

# The values that are recorded of this very version for the same metric, dataset and part of it.
_recorded(claim) := [_number(one.result) |
	some one in results.evaluated
	results.is_bound(one.result)
	_subject(one.result) == claim.subject
	claim.subject[0] != ""
	claim.subject[1] != ""
]

# What a result is about: metric, dataset without its owner, part of the data.
_subject(result) := [
	measures.key(entry.value(result, "metric")),
	regex.replace(replace(lower(entry.told(result, "dataset", "")), "_", "-"), `^.*/`, ""),
	entry.value(result, "slice"),
]

# A share is a fraction for certain; of metrics that have no limit, the value counts as it is.
_number(result) := entry.value(result, "share") if {
	is_number(entry.value(result, "share"))
} else := measures.fraction(entry.value(result, "value")) if {
	not measures.named(entry.value(result, "metric")) in {"other", "perplexity"}
} else := entry.value(result, "value") if {
	is_number(entry.value(result, "value"))
} else := null

# Values above 1 are rounded to fewer digits.
_agree(claimed, recorded) if {
	abs(claimed - recorded) <= input.profile.parameters.documentation.card_results_true.tolerance * max([1, abs(recorded)])
}

_claimed := entry.value(entry.value(model.card, "facts"), "results")
