package policyctl.controls.evaluation.not_worse

import data.policyctl.lib.entry
import data.policyctl.lib.measures
import data.policyctl.lib.model
import data.policyctl.lib.results

resources contains input.facts.id if _replaces

# METADATA
# description: On the same data, the new version does worse than the one in use.
findings contains finding if {
	some index, _ in _before
	some one in _pairs(index)
	_loss(one) > input.profile.parameters.evaluation.not_worse.tolerance

	told := [one.after.result.metric, one.now, one.before.metric, one.then, input.facts.predecessor.id]
	finding := model.finding("worse", sprintf("%s is %v, and %s was %v for %s on the same data", told), one.after.path)
}

# METADATA
# description: A version that is held against itself is never worse.
findings contains model.finding("itself", "the version is said to replace itself", ["release", "replaces"]) if {
	input.facts.predecessor.id == input.facts.id
}

# METADATA
# description: What was measured of the version in use is not known, or nothing of it has a better side that is known.
undetermined contains model.untold("no result of the version that is replaced can be compared", ["predecessor"]) if {
	_replaces
	_before == {}
}

# METADATA
# description: A new version hides a loss by not measuring it.
undetermined contains model.untold(sprintf("no result of this version can be held against %s of the version that it replaces", [_named(before)]), path) if {
	some index, before in _before
	_pairs(index) == []
	path := ["predecessor", "evaluations", index]
}

# METADATA
# description: A value is missing, or may be a fraction as well as a percentage.
undetermined contains model.untold(sprintf("whether %s is better or worse cannot be told", [one.after.result.metric]), one.after.path) if {
	some index, _ in _before
	some one in _pairs(index)
	null in {one.now, one.then}
}

_replaces if model.stated("replaces") != null

_replaces if _ = input.facts.predecessor

# What was measured of the version in use, by its place: but for what is not tied to that version, and metrics of which nobody knows the better
# side. What cannot be read is in.
_before := {index: before |
	some index, before in entry.listed(input.facts.predecessor.evaluations)
	not entry.value(before, "bound") in {"name", "nothing"}
	measures.named(entry.value(before, "metric")) != "other"
}

# The results of this version that are of the same metric, about the same aspect and part of the data, on data of the same digest.
_pairs(index) := [one |
	before := _before[index]
	results.is_bound(before)
	some after in results.evaluated
	results.is_bound(after.result)
	_is_same(after.result, before)
	measure := measures.named(before.metric)
	one := {
		"measure": measure,
		"after": after,
		"before": before,
		"now": _number(measure, after.result),
		"then": _number(measure, before),
	}
]

_is_same(after, before) if {
	is_string(after.dataset_digest)
	after.dataset_digest == before.dataset_digest
	measures.named(entry.value(after, "metric")) == measures.named(before.metric)
	measures.named(before.metric) != ""
	results.aspect_of(after) == results.aspect_of(before)
	entry.value(after, "slice") == entry.value(before, "slice")
}

_loss(one) := one.now - one.then if {
	is_number(one.now)
	is_number(one.then)
	measures.is_error(one.measure)
} else := one.then - one.now if {
	is_number(one.now)
	is_number(one.then)
}

# A share is compared as one; perplexity is none.
_number(measure, result) := measures.fraction(entry.value(result, "value")) if {
	measure != "perplexity"
} else := result.value if {
	is_number(result.value)
} else := null

_named(before) := sprintf("%s for %s", [results.name(before), before.slice]) if {
	before.slice
} else := results.name(before)
