package policyctl.controls.security.published_ports

import data.policyctl.lib.images
import data.policyctl.lib.kubernetes

resources contains input.facts.id if {
	images.runs
	kubernetes.ai
}

# METADATA
# description: The port is bound on every interface of the host, and the engine opens the host's firewall for it.
findings contains finding if {
	kubernetes.ai
	some port in _ports
	port.known == true
	port.host_ip in {"", "0.0.0.0", "::", "0:0:0:0:0:0:0:0", "*"}

	finding := {
		"code": "every_interface",
		"resource": input.facts.id,
		"message": sprintf("%s is published on every interface of the host", [_named(port)]),
		"path": _path(port),
	}
}

undetermined contains {"resource": input.facts.id, "path": _path(port), "reason": "on which address a port is published comes from a variable"} if {
	kubernetes.ai
	some port in _ports
	port.known == false
}

undetermined contains _unclear("a published port could not be read") if {
	kubernetes.ai
	some port in _ports
	not _told(port)
}

undetermined contains _unclear("the published ports could not be read") if {
	kubernetes.ai
	not is_array(_ports)
}

_told(port) if {
	is_boolean(port.known)
	is_string(port.host_ip)
}

_named(port) := sprintf("port %s", [port.port]) if {
	is_string(port.port)
	port.port != ""
} else := "a port"

_path(port) := port.path if {
	is_array(port.path)
} else := []

_unclear(reason) := {"resource": input.facts.id, "path": [], "reason": reason}

default _ports := null

_ports := input.facts.ports
