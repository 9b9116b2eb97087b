package policyctl.controls.operations.resource_limits

import data.policyctl.lib.images
import data.policyctl.lib.kubernetes

# METADATA
# description: What runs containers. A Dockerfile only builds, and cannot say what its image may take.
resources contains id if {
	images.runs
	some id in kubernetes.workloads
}

# METADATA
# description: Without a limit one container can take the node's memory from all others.
findings contains finding if {
	some container in _stated
	not _limits_memory(container)

	finding := {
		"code": "no_memory_limit",
		"resource": input.facts.id,
		"message": sprintf("container %s has no memory limit", [kubernetes.name(container)]),
		"path": kubernetes.at(container, ["resources", "limits", "memory"]),
	}
}

# METADATA
# description: Without a request the scheduler reserves nothing. Kubernetes takes the limit for the request where only that is given.
findings contains finding if {
	some container in _stated
	not _reserves_cpu(container)

	finding := {
		"code": "no_cpu_request",
		"resource": input.facts.id,
		"message": sprintf("container %s requests no cpu", [kubernetes.name(container)]),
		"path": kubernetes.at(container, ["resources", "requests", "cpu"]),
	}
}

# METADATA
# description: Accelerators are given by limits; Kubernetes refuses a request that its limit does not equal.
findings contains finding if {
	some container in kubernetes.reserving
	requested := container.requests.accelerators
	requested != 0
	not _limited_to(container, requested)

	finding := {
		"code": "accelerators_without_limit",
		"resource": input.facts.id,
		"message": sprintf("container %s requests accelerators that its limits do not give", [kubernetes.name(container)]),
		"path": kubernetes.at(container, ["resources", "limits"]),
	}
}

# METADATA
# description: More accelerators than the organisation allows to one container.
findings contains finding if {
	maximum := input.profile.parameters.operations.resource_limits.maximum_accelerators
	maximum > 0
	some container in kubernetes.reserving
	number := container.limits.accelerators
	not _at_most(number, maximum)

	finding := {
		"code": "too_many_accelerators",
		"resource": input.facts.id,
		"message": sprintf("container %s takes more than %d accelerators", [kubernetes.name(container), maximum]),
		"path": kubernetes.at(container, ["resources", "limits"]),
	}
}

# METADATA
# description: A service that reserves every device of its host takes more than any number, wherever it runs.
findings contains finding if {
	maximum := input.profile.parameters.operations.resource_limits.maximum_accelerators
	maximum > 0
	input.facts.all_accelerators == true

	finding := {
		"code": "too_many_accelerators",
		"resource": input.facts.id,
		"message": "all accelerators of the host are reserved",
		"path": [],
	}
}

# METADATA
# description: A serving runtime, an operator or a base configuration sets what the object leaves out.
undetermined contains entry if {
	some container in kubernetes.reserving
	_elsewhere(container)
	not _complete(container)

	entry := {
		"resource": input.facts.id,
		"path": kubernetes.at(container, ["resources"]),
		"reason": sprintf("the resources of %s may come from another object", [kubernetes.name(container)]),
	}
}

undetermined contains entry if some entry in kubernetes.unreadable

_stated := [container | images.runs; some container in kubernetes.reserving; not _elsewhere(container)]

_elsewhere(container) if container.image_source == "runtime"

_complete(container) if {
	_limits_memory(container)
	_reserves_cpu(container)
}

_limits_memory(container) if kubernetes.positive(container.limits.memory)

_reserves_cpu(container) if kubernetes.positive(container.requests.cpu)

_reserves_cpu(container) if {
	is_object(container.requests)
	object.get(container.requests, "cpu", null) == null
	kubernetes.positive(container.limits.cpu)
}

_limited_to(container, requested) if {
	is_number(requested)
	container.limits.accelerators == requested
}

_at_most(number, maximum) if {
	is_number(number)
	number <= maximum
}
