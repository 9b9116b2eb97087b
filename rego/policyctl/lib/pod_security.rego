# METADATA
# scope: package
# description: |
#   The tables of the Kubernetes Pod Security Standards, profile Restricted, and how fields of a securityContext are asked. No control
#   logic. Source: kubernetes.io, "Pod Security Standards"; kubernetes/kubernetes, pod-security-admission/policy.
package policyctl.lib.pod_security

import data.policyctl.lib.kubernetes

namespaces := {
	"host_network": {"key": "hostNetwork", "what": "network"},
	"host_pid": {"key": "hostPID", "what": "processes"},
	"host_ipc": {"key": "hostIPC", "what": "shared memory"},
}

# METADATA
# description: What a volume may be made from; a path of the node has a defect of its own.
volume_types := {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}

profiles := {"RuntimeDefault", "Localhost"}

se_linux := {
	"se_linux_type": {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"},
	"se_linux_user": {""},
	"se_linux_role": {""},
}

safe_sysctls := {
	"kernel.shm_rmid_forced",
	"net.ipv4.ip_local_port_range",
	"net.ipv4.ip_local_reserved_ports",
	"net.ipv4.ip_unprivileged_port_start",
	"net.ipv4.ping_group_range",
	"net.ipv4.tcp_fin_timeout",
	"net.ipv4.tcp_keepalive_intvl",
	"net.ipv4.tcp_keepalive_probes",
	"net.ipv4.tcp_keepalive_time",
	"net.ipv4.tcp_syncookies",
}

# METADATA
# description: The pods and containers, each with what messages call it.
things contains {"thing": pod, "what": "the pod"} if some pod in kubernetes.pods

things contains {"thing": container, "what": called(container)} if some container in kubernetes.containers

# METADATA
# description: What messages call a container.
called(container) := sprintf("container %s", [kubernetes.name(container)])

# METADATA
# description: Whether the securityContext itself sets a field to one of these values.
sets(thing, field, values) if {
	is_object(thing.security_context)
	thing.security_context[field] in values
}

# METADATA
# description: Whether the securityContext sets a field to anything but these values.
sets_other(thing, field, values) if {
	value := thing.security_context[field]
	not value in values
}

# METADATA
# description: Whether the securityContext lists anything but these values, or something that is no list.
lists_other(thing, field, values) if {
	some value in thing.security_context[field]
	not value in values
}

lists_other(thing, field, _) if {
	listed := thing.security_context[field]
	not is_array(listed)
}

# METADATA
# description: Whether a field has one of these values in the container, or in its pod where the container does not set it.
holds(container, field, values) if sets(container, field, values)

holds(container, field, values) if {
	is_object(container.security_context)
	not _set(container, field)
	sets(kubernetes.pod_of(container), field, values)
}

_set(thing, field) if field in object.keys(thing.security_context)
