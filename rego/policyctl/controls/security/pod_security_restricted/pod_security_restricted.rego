# METADATA
# scope: package
# description: |
#   The restricted profile of the Kubernetes Pod Security Standards, as its admission controller reads it. Where a container says
#   nothing of its user and its seccomp profile, what the pod says holds; a pod that says something wrong is wrong all the same.
package policyctl.controls.security.pod_security_restricted

import data.policyctl.lib.kubernetes
import data.policyctl.lib.pod_security

resources := kubernetes.workloads

findings contains _finding("host_namespace", pod, [namespace.key], sprintf("the pod shares the node's %s", [namespace.what])) if {
	some pod in kubernetes.pods
	some field, namespace in pod_security.namespaces
	not _is_off(pod, field)
}

findings contains _finding("host_path", volume, [], sprintf("volume %s opens a path of the node", [kubernetes.name(volume)])) if {
	some pod in kubernetes.pods
	some volume in pod.volumes
	volume.source == "hostPath"
}

findings contains _finding("volume_type", volume, [], sprintf("volume %s is of a type that is not allowed", [kubernetes.name(volume)])) if {
	some pod in kubernetes.pods
	some volume in pod.volumes
	not _allowed_volume(volume)
}

findings contains _finding("unsafe_sysctl", pod, _context("sysctls"), "the pod sets a kernel parameter that is not known to be safe") if {
	some pod in kubernetes.pods
	pod_security.lists_other(pod, "sysctls", pod_security.safe_sysctls)
}

findings contains _of_container("privileged", container, "privileged", "is privileged") if {
	some container in kubernetes.containers
	pod_security.sets_other(container, "privileged", {false})
}

findings contains _of_container("privilege_escalation", container, "allowPrivilegeEscalation", "may gain privileges that its parent lacks") if {
	some container in kubernetes.containers
	not pod_security.sets(container, "allow_privilege_escalation", {false})
	not _left_open(container, "allow_privilege_escalation")
}

findings contains _of_container("capabilities_not_dropped", container, "capabilities", "does not drop all capabilities") if {
	some container in kubernetes.containers
	not _drops_all(container)
	not _left_open(container, "capabilities_drop")
}

findings contains _of_container("capability_added", container, "capabilities", "adds capabilities other than NET_BIND_SERVICE") if {
	some container in kubernetes.containers
	pod_security.lists_other(container, "capabilities_add", {"NET_BIND_SERVICE"})
}

findings contains _of_container("may_run_as_root", container, "runAsNonRoot", "may run as root") if {
	some container in kubernetes.containers
	not pod_security.holds(container, "run_as_non_root", {true})
	not _left_open(container, "run_as_non_root")
}

findings contains _finding("may_run_as_root", pod, _context("runAsNonRoot"), "the pod lets its containers run as root") if {
	some pod in kubernetes.pods
	pod_security.sets_other(pod, "run_as_non_root", {true})
}

findings contains _finding("root_user", entry.thing, _context("runAsUser"), sprintf("%s names root as its user", [entry.what])) if {
	some entry in pod_security.things
	user := entry.thing.security_context.run_as_user
	not kubernetes.positive(user)
}

findings contains _of_container("seccomp", container, "seccompProfile", "has no seccomp profile") if {
	profiles := pod_security.profiles
	some container in kubernetes.containers
	not pod_security.holds(container, "seccomp_profile", profiles)
	not _left_open(container, "seccomp_profile")
}

findings contains _finding("seccomp", pod, _context("seccompProfile"), "the pod switches the seccomp profile off") if {
	some pod in kubernetes.pods
	pod_security.sets_other(pod, "seccomp_profile", pod_security.profiles)
}

findings contains _finding("app_armor", entry.thing, _context("appArmorProfile"), sprintf("%s switches AppArmor off", [entry.what])) if {
	some entry in pod_security.things
	pod_security.sets_other(entry.thing, "app_armor_profile", pod_security.profiles)
}

findings contains _finding("se_linux", entry.thing, _context("seLinuxOptions"), sprintf("%s sets its own SELinux options", [entry.what])) if {
	some entry in pod_security.things
	some field, allowed in pod_security.se_linux
	pod_security.sets_other(entry.thing, field, allowed)
}

findings contains _finding("host_process", entry.thing, _context("windowsOptions"), sprintf("%s is a process of the node", [entry.what])) if {
	some entry in pod_security.things
	pod_security.sets_other(entry.thing, "host_process", {false})
}

findings contains _of_container("proc_mount", container, "procMount", "unmasks /proc") if {
	some container in kubernetes.containers
	pod_security.sets_other(container, "proc_mount", {"Default"})
}

findings contains _finding("host_port", container, ["ports"], sprintf("%s takes a port of the node", [pod_security.called(container)])) if {
	some container in kubernetes.containers
	not _no_host_port(container)
}

undetermined contains {"resource": input.facts.id, "path": kubernetes.at(pod, ["volumes"]), "reason": "the volumes could not be read"} if {
	some pod in kubernetes.pods
	not _lists_volumes(pod)
}

# METADATA
# description: What a security context sets can be told only of one; without any, the collector gives an empty one.
undetermined contains entry if {
	some named in pod_security.things
	thing := named.thing
	not _has_context(thing)

	entry := {
		"resource": input.facts.id,
		"path": kubernetes.at(thing, ["securityContext"]),
		"reason": sprintf("the security context of %s could not be read", [named.what]),
	}
}

# METADATA
# description: A serving runtime or an operator brings the container, and may bring what the object does not say of it.
undetermined contains entry if {
	some container in kubernetes.containers
	some field in {"allow_privilege_escalation", "capabilities_drop", "run_as_non_root", "seccomp_profile"}
	_left_open(container, field)

	entry := {
		"resource": input.facts.id,
		"path": kubernetes.at(container, []),
		"reason": sprintf("the security context of %s may come from another object", [pod_security.called(container)]),
	}
}

undetermined contains entry if some entry in kubernetes.unreadable

# What the object says itself counts, in the container or in its pod; only silence can be filled by another object.
_left_open(container, field) if {
	container.image_source == "runtime"
	said := object.keys(object.union(kubernetes.pod_of(container).security_context, container.security_context))
	not field in said
}

_is_off(pod, field) if pod[field] == false

_has_context(thing) if is_object(thing.security_context)

_lists_volumes(pod) if is_array(pod.volumes)

_allowed_volume(volume) if volume.source == "hostPath"

_allowed_volume(volume) if volume.source in pod_security.volume_types

_drops_all(container) if {
	is_array(container.security_context.capabilities_drop)
	"ALL" in container.security_context.capabilities_drop
}

_no_host_port(container) if {
	is_array(container.host_ports)
	every port in container.host_ports {
		port == 0
	}
}

_context(key) := ["securityContext", key]

_of_container(code, container, key, defect) := _finding(
	code, container, _context(key),
	sprintf("%s %s", [pod_security.called(container), defect]),
)

_finding(code, thing, below, message) := {
	"code": code,
	"resource": input.facts.id,
	"message": message,
	"path": kubernetes.at(thing, below),
}
