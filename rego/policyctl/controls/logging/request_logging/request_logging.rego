package policyctl.controls.logging.request_logging

import data.policyctl.lib.kubernetes

resources contains input.facts.id if kubernetes.answers

# METADATA
# description: The object can log what is asked and answered, and does not.
findings contains finding if {
	kubernetes.answers
	_can_log
	_logs == []

	finding := {
		"code": "no_request_log",
		"resource": input.facts.id,
		"message": "requests and responses are not logged",
		"path": ["spec"],
	}
}

# METADATA
# description: Only one side of the conversation is logged.
findings contains finding if {
	kubernetes.answers
	count(_modes) > 0
	not _both

	finding := {
		"code": "partly_logged",
		"resource": input.facts.id,
		"message": sprintf("only this is logged: %s", [concat(", ", sort(_modes))]),
		"path": ["spec"],
	}
}

# METADATA
# description: The application or a gateway in front of it may log; the manifest of an ordinary workload cannot show it.
undetermined contains _unclear("whether requests are logged does not show in this object") if {
	kubernetes.answers
	not _can_log
	_logs == []
}

undetermined contains _unclear("how requests are logged could not be read") if {
	kubernetes.answers
	_logs != []
	count(_modes) == 0
}

_can_log if input.facts.kind in {"InferenceService", "SeldonDeployment"}

_both if "all" in _modes

_both if {
	"request" in _modes
	"response" in _modes
}

_modes := {log.mode | some log in _logs; is_string(log.mode)}

_unclear(reason) := {"resource": input.facts.id, "path": [], "reason": reason}

default _logs := null

_logs := input.facts.inference.request_logging
