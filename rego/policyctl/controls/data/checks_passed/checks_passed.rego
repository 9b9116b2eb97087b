package policyctl.controls.data.checks_passed

import data.policyctl.lib.entry
import data.policyctl.lib.model

resources contains input.facts.id if input.facts.data_checks != []

# METADATA
# description: Data did not meet what was expected of them, or what was found is neither yes nor no.
findings contains finding if {
	some index, check in _checks
	entry.value(check, "passed") != true

	finding := model.finding("not_met", sprintf("%s: %s", [_named(check), _failed(check)]), ["data_checks", index])
}

# METADATA
# description: A check without expectations is passed by any data.
findings contains finding if {
	some index, check in _checks
	_nothing_tested(entry.value(check, "tested"))

	finding := model.finding("nothing_tested", sprintf("%s: no expectation was tested", [_named(check)]), ["data_checks", index])
}

# METADATA
# description: How many expectations were tested is not known.
undetermined contains model.untold(sprintf("%s: how many expectations were tested cannot be told", [_named(check)]), ["data_checks", index]) if {
	some index, check in _checks
	not is_number(entry.value(check, "tested"))
}

# METADATA
# description: What is there is no list of checks.
undetermined contains model.untold("what the tests of data found cannot be told", ["data_checks"]) if {
	checks := input.facts.data_checks
	not is_array(checks)
}

_checks := entry.listed(input.facts.data_checks)

_nothing_tested(tested) if {
	is_number(tested)
	tested < 1
}

_named(check) := sprintf("%s of %s", [entry.told(check, "suite", "a check"), entry.told(check, "dataset", "data without a name")])

_failed(check) := "not met" if {
	_names(check) == []
} else := sprintf("%s not met", [concat(", ", _names(check))])

_names(check) := [name | some name in entry.listed(entry.value(check, "failed")); is_string(name)]
