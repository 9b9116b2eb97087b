package policyctl.controls.evaluation.subgroups

import data.policyctl.law
import data.policyctl.lib.entry
import data.policyctl.lib.measures
import data.policyctl.lib.model
import data.policyctl.lib.results

resources contains input.facts.id if _asked

# METADATA
# description: Whoever looks at the whole does not see whom the model fails.
findings contains finding if {
	_asked
	count(_compared) == 0

	named := concat(", ", sort(_parameters.metrics))
	finding := model.finding("no_subgroups", sprintf("none of %s is recorded for two groups that can be compared", [named]), ["evaluations"])
}

# METADATA
# description: The model serves one group much worse than another.
findings contains finding if {
	some group in _compared
	numbers := [one.number | some one in group; one.number != null]
	worst := [one | some one in group; one.number == min(numbers)][0]
	best := [one | some one in group; one.number == max(numbers)][0]
	best.number - worst.number > _parameters.maximum_gap

	told := [worst.name, worst.number, worst.slice, best.number, best.slice, _parameters.maximum_gap]
	finding := model.finding("gap", sprintf("%s is %v for %s and %v for %s, more than %v apart", told), worst.path)
}

# METADATA
# description: A value is missing, or may be a fraction as well as a percentage.
undetermined contains model.untold(sprintf("the value of %s for %s cannot be told", [one.name, one.slice]), one.path) if {
	_asked
	some one in _parts
	one.number == null
}

# METADATA
# description: With one group alone there is nothing to compare it with.
undetermined contains model.untold(sprintf("%s is recorded for %s, and for no other group", [one.name, one.slice]), one.path) if {
	_asked
	some one in _parts
	_slices(_group(one)) == {one.slice}
}

# METADATA
# description: The result is about a part of the data, and nobody can say which.
undetermined contains model.untold(sprintf("the part of the data that %s is about cannot be told", [results.name(one.result)]), one.path) if {
	_asked
	some one in results.evaluated
	slice := one.result.slice
	_attribute(slice) == null
}

# METADATA
# description: What stands among the results is none, or not what it is tied to, and may be that of a group.
undetermined contains model.untold("what one of the results is about cannot be told", ["evaluations", index]) if {
	_asked
	some index, result in input.facts.evaluations
	_is_result(result) == false
}

_is_result(result) if {
	is_string(result.metric)
	trim_space(result.metric) != ""
	result.bound in {"artefact", "registry", "name", "nothing"}
} else := false

_asked if {
	some class in _parameters.classes
	class in law.classes
}

# Results for one group each, of a metric that counts, tied to this version.
_parts := [part |
	some one in results.evaluated
	results.is_bound(one.result)
	key := measures.key(entry.value(one.result, "metric"))
	key in {measures.key(metric) | some metric in _parameters.metrics}
	attribute := _attribute(entry.value(one.result, "slice"))
	attribute != null
	part := {
		"of": [key, attribute, {of: entry.value(one.result, of) | some of in ["dataset", "dataset_digest", "run", "aspect"]}],
		"name": one.result.metric,
		"slice": one.result.slice,
		"number": measures.fraction(entry.value(one.result, "value")),
		"path": one.path,
	}
]

# What can be compared: the same metric, measured on the same data by the same run, for groups of one attribute.
_group(part) := [other | some other in _parts; other.of == part.of]

_compared := {group |
	_asked
	some part in _parts
	group := _group(part)
	count(_slices(group)) > 1
}

_slices(group) := {one.slice | some one in group}

# "sex" of "sex=female".
_attribute(slice) := trim_space(split(slice, "=")[0]) if {
	is_string(slice)
	regex.match(`^[^=]*[^=\s][^=]*=\s*\S`, slice)
} else := null

_parameters := input.profile.parameters.evaluation.subgroups
