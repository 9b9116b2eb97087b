package policyctl.controls.security.host_isolation

import data.policyctl.lib.images

resources contains input.facts.id if images.runs

# METADATA
# description: The service is given something with which it can take over its host, or see what else runs there.
findings contains finding if {
	some access in _accesses
	access.known == true
	is_string(access.name)
	defect := _defect(access)

	finding := {
		"code": access.what,
		"resource": input.facts.id,
		"message": defect,
		"path": _path(access),
	}
}

undetermined contains {"resource": input.facts.id, "path": _path(access), "reason": "what of its host it is given comes from a variable"} if {
	some access in _accesses
	access.known == false
}

undetermined contains _unclear("what of its host it is given could not be read") if not is_array(_accesses)

undetermined contains _unclear("something that it is given of its host could not be read") if {
	some access in _accesses
	not _told(access)
}

_told(access) if {
	is_boolean(access.known)
	is_string(access.name)
	access.what in {"privileged", "engine", "namespace", "path", "capability", "security_option", "device"}
	not _nameless(access)
}

_nameless(access) if {
	access.what in {"namespace", "path", "capability", "security_option", "device"}
	access.name == ""
}

_defect(access) := "it is privileged" if access.what == "privileged"

_defect(access) := "it is given the socket of the container engine" if access.what == "engine"

_defect(access) := sprintf("it shares the %s namespace of its host", [access.name]) if {
	access.what == "namespace"
	access.name != ""
}

_defect(access) := sprintf("it mounts %s of its host", [access.name]) if {
	access.what == "path"
	access.name != ""
	_gives_away(trim_right(access.name, "/"))
}

_defect(access) := sprintf("it is given the capability %s", [access.name]) if {
	access.what == "capability"
	name := access.name
	name != ""
	not name in _usual_capabilities
}

_defect(access) := sprintf("it sets %s", [access.name]) if {
	access.what == "security_option"
	access.name in {"seccomp:unconfined", "apparmor:unconfined", "systempaths:unconfined", "label:disable", "no-new-privileges:false"}
}

_defect(access) := sprintf("it is given the device %s", [access.name]) if {
	access.what == "device"
	name := access.name
	startswith(name, "/")
	not _for_accelerators(name)
}

_for_accelerators(name) if regex.match(`^/dev/(dri|kfd|nvidia|accel|habanalabs|hl|davinci|neuron|infiniband)`, name)

# The whole file system, its parts that hold the system or credentials, sockets of engines, and ways around the comparison.
_gives_away(path) if path in {
	"", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/proc", "/root", "/run", "/sbin", "/sys", "/usr", "/var",
	"/var/lib", "/var/lib/containerd", "/var/lib/docker", "/var/lib/kubelet", "/var/run", "~", "~/.aws", "~/.docker", "~/.kube", "~/.ssh",
}

_gives_away(path) if regex.match(`(^|/)(docker|containerd|crio|podman|cri-dockerd)\.sock$`, path)

_gives_away(path) if regex.match(`^/(proc|sys|etc/(kubernetes|ssh|sudoers|shadow|docker|cron))`, path)

_gives_away(path) if regex.match(`^/(.*/)?(\.{1,2}(/|$)|/)`, path)

# What Docker gives to every container.
_usual_capabilities := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID",
	"SETPCAP", "SETUID", "SYS_CHROOT",
}

_path(access) := access.path if {
	is_array(access.path)
} else := []

_unclear(reason) := {"resource": input.facts.id, "path": [], "reason": reason}

default _accesses := null

_accesses := input.facts.host_access
