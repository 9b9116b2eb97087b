package policyctl.controls.logging.log_driver

import data.policyctl.lib.images
import data.policyctl.lib.kubernetes

resources contains input.facts.id if {
	images.runs
	kubernetes.ai
}

# METADATA
# description: The engine throws away what the service writes to its log.
findings contains finding if {
	kubernetes.ai
	lower(_driver) == "none"

	finding := {
		"code": "no_log",
		"resource": input.facts.id,
		"message": "its log is thrown away: the driver is none",
		"path": _path,
	}
}

undetermined contains {"resource": input.facts.id, "path": [], "reason": "the log driver could not be read"} if {
	kubernetes.ai
	not is_string(_driver)
}

_path := array.concat(images.last[0].path, ["logging", "driver"]) if {
	is_array(images.last[0].path)
} else := []

default _driver := null

_driver := input.facts.log_driver
