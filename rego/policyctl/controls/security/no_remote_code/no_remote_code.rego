package policyctl.controls.security.no_remote_code

import data.policyctl.lib.kubernetes

# METADATA
# description: AI workloads, and everything in which such a switch was seen.
resources contains input.facts.id if kubernetes.ai

resources contains input.facts.id if _switches != []

# METADATA
# description: A switch lets a model's repository run its own code, or a file of weights run code while it is unpickled.
findings contains finding if {
	some switch in _switches
	reason := _reasons[switch.risk]

	finding := {
		"code": switch.risk,
		"resource": input.facts.id,
		"message": sprintf("%s %s", [_option(switch), reason]),
		"path": kubernetes.at(switch, []),
	}
}

undetermined contains _unclear("what a switch for loading models allows is not known") if {
	some switch in _switches
	is_object(switch)
	not _known(switch)
}

undetermined contains _unclear("a switch for loading models could not be read") if {
	some switch in _switches
	not is_object(switch)
}

undetermined contains _unclear("the switches for loading models could not be read") if not is_array(_switches)

# METADATA
# description: No switch was recognised, although something that reads like one stands among the arguments or variables.
undetermined contains _unclear(sprintf("container %s has a switch for remote code that was not understood", [kubernetes.name(container)])) if {
	_switches == []
	some container in kubernetes.containers
	_mentions(container)
}

undetermined contains entry if {
	kubernetes.ai
	some entry in kubernetes.unreadable
}

_reasons := {
	"remote_code": "lets the model's repository run code of its own",
	"insecure_serialization": "lets a file run code while it is loaded",
}

_known(switch) if _reasons[switch.risk]

_mentions(container) if {
	some argument in container.arguments
	_switched_on(argument)
}

_mentions(container) if {
	some variable in container.env
	_switched_on(variable.value)
}

_mentions(container) if {
	some variable in container.env
	variable.name in {"TRUST_REMOTE_CODE", "HF_TRUST_REMOTE_CODE"}
	is_string(variable.value)
	lower(variable.value) in {"1", "true", "yes", "on"}
}

# Also inside a script, and inside a variable that holds arguments; quotes and backslashes within a word mean nothing to a shell.
_switched_on(text) if {
	is_string(text)
	plain := strings.replace_n({"_": "-", "\"": "", "'": "", "\\": ""}, lower(text))
	contains(plain, "--trust-remote-code")
	every off in {"--trust-remote-code=false", "--trust-remote-code=0", "--trust-remote-code=no", "--trust-remote-code false"} {
		not contains(plain, off)
	}
}

_option(switch) := switch.option if {
	is_string(switch.option)
	switch.option != ""
} else := "a switch"

_unclear(reason) := {"resource": input.facts.id, "path": [], "reason": reason}

default _switches := null

_switches := input.facts.unsafe_loading
