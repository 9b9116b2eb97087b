package policyctl.controls.evaluation.recent

import data.policyctl.law
import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.record
import data.policyctl.lib.results

resources := model.models

# METADATA
# description: The last evaluation is too long ago.
findings contains finding if {
	record.days_after(_day, _maximum) < input.as_of

	finding := model.finding("too_old", sprintf("the last evaluation is of %s, more than %d days ago", [_day, _maximum]), _last.path)
}

# METADATA
# description: What was measured before the training began was not this model.
findings contains finding if {
	_last.result.at < _started

	told := [_last.result.at, _started]
	finding := model.finding("before_training", sprintf("the last evaluation is of %s, before the training began at %s", told), _last.path)
}

# METADATA
# description: Nobody has measured anything on a day that is still to come.
findings contains finding if {
	_day > input.as_of

	finding := model.finding("in_future", sprintf("the last evaluation is of %s, a day to come", [_day]), _last.path)
}

# METADATA
# description: No result that is tied to this version has a value and says when it was measured.
undetermined contains model.untold("no result of this very version says when it was measured", ["evaluations"]) if {
	count(_dated) == 0
}

# METADATA
# description: Without its run, nobody can say whether the evaluation came before the training.
undetermined contains model.untold("it is not known when the training began", ["run", "started"]) if {
	_started == null
}

_dated := [one |
	some one in results.evaluated
	results.is_bound(one.result)
	is_number(entry.value(one.result, "value"))
	results.is_moment(entry.value(one.result, "at"))
]

# The first of those that were recorded last.
_last := [one | some one in _dated; one.result.at == max({other.result.at | some other in _dated})][0]

_day := substring(_last.result.at, 0, 10)

default _started := null

_started := input.facts.run.started if results.is_moment(input.facts.run.started)

_maximum := law.by_class(input.profile.parameters.evaluation.recent.maximum_days)
