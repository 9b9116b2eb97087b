package policyctl.controls.impact.use_described

import data.policyctl.lib.record
import data.policyctl.lib.wording

resources contains input.facts.id

# METADATA
# description: Which of the organisation's processes use the system, for how long and how often is not described.
findings contains finding if {
	some key in _lacking

	finding := {
		"code": concat("", ["no_", key]),
		"resource": input.facts.id,
		"message": concat("", [_messages[key], _written[key]]),
		"path": [key],
	}
}

_lacking contains "processes" if record.all_say(_processes) == false

_lacking contains "period" if wording.says_something(_period) == false

_lacking contains "frequency" if wording.says_something(_frequency) == false

_messages := {
	"processes": "the processes in which the system is used are not described, or one of them is a placeholder",
	"period": "the period of time in which the system is to be used is not described",
	"frequency": "how often the system is to be used is not described",
}

_written := {"processes": "", "period": _quoted(_period), "frequency": _quoted(_frequency)}

_quoted(text) := sprintf(": %q", [text]) if {
	is_string(text)
	text != ""
} else := ""

default _processes := null

_processes := input.facts.processes

default _period := null

_period := input.facts.period

default _frequency := null

_frequency := input.facts.frequency
