package policyctl.controls.operations.health_probes

import data.policyctl.lib.kubernetes

# METADATA
# description: |
#   What answers inference requests, and the serving runtimes in which the probes of such servers stand. Jobs end, and have nothing
#   to be probed for.
resources contains id if {
	_serves
	some id in kubernetes.workloads
}

# METADATA
# description: Requests are sent to a server that has not loaded its model.
findings contains finding if {
	some container in _servers
	not _probed(container, {"readiness"})

	finding := {
		"code": "no_readiness_probe",
		"resource": input.facts.id,
		"message": sprintf("container %s has no readiness probe", [kubernetes.name(container)]),
		"path": kubernetes.at(container, ["readinessProbe"]),
	}
}

# METADATA
# description: A server that hangs is never restarted.
findings contains finding if {
	some container in _servers
	not _probed(container, {"liveness", "startup"})

	finding := {
		"code": "no_liveness_probe",
		"resource": input.facts.id,
		"message": sprintf("container %s has neither a liveness nor a startup probe", [kubernetes.name(container)]),
		"path": kubernetes.at(container, ["livenessProbe"]),
	}
}

# METADATA
# description: A serving runtime, an operator or a base configuration may bring the probes.
undetermined contains entry if {
	_serves
	some container in kubernetes.running
	_elsewhere(container)
	not _complete(container)

	entry := {
		"resource": input.facts.id,
		"path": kubernetes.at(container, []),
		"reason": sprintf("the probes of %s may come from another object", [kubernetes.name(container)]),
	}
}

undetermined contains entry if {
	_serves
	some entry in kubernetes.unreadable
}

_servers := [container |
	_serves
	some container in kubernetes.running
	not _elsewhere(container)
]

_serves if kubernetes.serving

_serves if input.facts.kind in {"ServingRuntime", "ClusterServingRuntime"}

_elsewhere(container) if container.image_source == "runtime"

_complete(container) if {
	_probed(container, {"readiness"})
	_probed(container, {"liveness", "startup"})
}

_probed(container, kinds) if {
	is_array(container.probes)
	some probe in container.probes
	probe in kinds
}
