package policyctl.controls.security.network_isolation

import data.policyctl.lib.kubernetes

# METADATA
# description: AI workloads only. What else runs in the namespace is its owner's business.
resources contains id if {
	kubernetes.ai
	some id in kubernetes.workloads
}

# METADATA
# description: |
#   The run has NetworkPolicies, and none of them governs this direction of the pod's traffic. A run that has none says nothing about
#   those of the cluster: that is undetermined.
findings contains finding if {
	some index, pod in _isolated
	is_array(_policies)
	some direction in input.profile.parameters.security.network_isolation.directions
	count(_governing(index, direction)) == 0

	finding := {
		"code": sprintf("no_%s_policy", [lower(direction)]),
		"resource": input.facts.id,
		"message": sprintf("no network policy of this run governs the pod's %s traffic", [lower(direction)]),
		"path": kubernetes.at(pod, []),
	}
}

# METADATA
# description: Policies add up, so one that opens a direction to everything undoes the others.
findings contains finding if {
	some index, pod in _isolated
	some direction in input.profile.parameters.security.network_isolation.directions
	some policy in _governing(index, direction)
	some open in policy.unrestricted
	open == direction

	finding := {
		"code": sprintf("%s_open", [lower(direction)]),
		"resource": input.facts.id,
		"message": sprintf("network policy %s lets all %s traffic through", [kubernetes.name(policy), lower(direction)]),
		"path": kubernetes.at(pod, []),
	}
}

# METADATA
# description: Policies do not govern pods on the node's own network.
findings contains finding if {
	some pod in _pods
	pod.host_network == true

	finding := {
		"code": "host_network",
		"resource": input.facts.id,
		"message": "the pod is on the node's network, where network policies do not hold",
		"path": kubernetes.at(pod, ["hostNetwork"]),
	}
}

undetermined contains _unclear(kubernetes.at(pod, []), "no network policy is among the objects of this run") if {
	some pod in _pods
	not is_array(_policies)
}

undetermined contains _unclear(kubernetes.at(pod, []), sprintf("what network policy %s opens could not be read", [kubernetes.name(policy)])) if {
	some index, pod in _pods
	some direction in input.profile.parameters.security.network_isolation.directions
	some policy in _governing(index, direction)
	not _told(policy)
}

undetermined contains _unclear(kubernetes.at(pod, ["hostNetwork"]), "whether the pod is on the node's network could not be read") if {
	some pod in _pods
	not is_boolean(object.get(pod, "host_network", null))
}

undetermined contains entry if {
	kubernetes.ai
	some entry in kubernetes.unreadable
}

_pods := {index: pod | kubernetes.ai; some index, pod in kubernetes.pods}

_isolated := {index: pod | some index, pod in _pods; pod.host_network == false}

_governing(index, direction) := {policy |
	some policy in _policies
	policy.pod == index
	some type in policy.types
	type == direction
}

_told(policy) if {
	is_array(policy.unrestricted)
	every direction in policy.unrestricted { direction in {"Ingress", "Egress"} }
}

_unclear(path, reason) := {"resource": input.facts.id, "path": path, "reason": reason}

default _policies := null

_policies := input.facts.relations.network_policies
