package policyctl.controls.security.host_isolation_test

import data.policyctl.controls.security.host_isolation as control
import data.policyctl.testing.images as make

test_nothing_of_the_host_passes if {
	control.resources == {"compose.yaml/llm"} with input as given([])
	control.findings == set() with input as given([])
	control.undetermined == set() with input as given([])
}

test_what_a_service_usually_gets_passes if {
	every access in [
		["path", "./models"], ["path", "/srv/models/"], ["path", "/etc/localtime"], ["path", "~/.cache/huggingface"],
		["device", "/dev/dri"], ["device", "/dev/kfd"], ["device", "nvidia.com/gpu=all"],
		["capability", "NET_BIND_SERVICE"], ["capability", "CHOWN"],
		["security_option", "no-new-privileges:true"], ["security_option", "seccomp:profile.json"],
	] {
		control.findings == set() with input as with_access(access[0], access[1])
		control.undetermined == set() with input as with_access(access[0], access[1])
	}
}

test_what_gives_the_host_away_is_a_finding if {
	every access in [
		["privileged", ""], ["engine", ""], ["namespace", "network"], ["namespace", "pid"],
		["path", "/"], ["path", "/var/run/docker.sock"], ["path", "/run/containerd/containerd.sock"], ["path", "/etc/"],
		["path", "/proc/1"], ["path", "/srv/../etc"], ["path", "//etc"], ["path", "~/.ssh"], ["path", "/home"],
		["capability", "SYS_ADMIN"], ["capability", "ALL"], ["device", "/dev/mem"], ["device", "/dev/sda"],
		["security_option", "seccomp:unconfined"], ["security_option", "label:disable"],
	] {
		{finding.code | some finding in control.findings} == {access[0]} with input as with_access(access[0], access[1])
	}
}

test_a_finding_says_what_and_where if {
	control.findings == {{
		"code": "path",
		"resource": "compose.yaml/llm",
		"message": "it mounts /var/run/docker.sock of its host",
		"path": ["services", "llm", "volumes", 0],
	}} with input as with_access("path", "/var/run/docker.sock")
	{finding.path | some finding in control.findings} == {[]} with input as given([{"what": "privileged", "name": "", "known": true}])
}

test_what_a_variable_gives_is_undetermined if {
	document := given([{"path": [], "what": "path", "name": "${MODELS}", "known": false}])
	control.findings == set() with input as document
	count(control.undetermined) == 1 with input as document
}

test_what_cannot_be_read_does_not_pass if {
	every broken in [null, {}, "none", [null], [{"what": "privileged"}], [{"what": "all", "name": "", "known": true}], [{"what": "path", "name": "", "known": true}], [{"what": "path", "name": 1, "known": true}], [{"what": "path", "name": "/", "known": "yes"}]] {
		control.findings == set() with input as given(broken)
		count(control.undetermined) == 1 with input as given(broken)
	}
}

test_a_dockerfile_is_not_looked_at if {
	control.resources == set() with input as make.dockerfile_of({})
}

given(accesses) := make.service_of({"host_access": accesses}, {})

with_access(what, name) := given([{"path": ["services", "llm", "volumes", 0], "what": what, "name": name, "known": true}])

test_without_the_fact_nothing_can_be_told if {
	document := make.service_of({}, {})
	without := object.union(object.remove(document, ["facts"]), {"facts": object.remove(document.facts, ["host_access"])})
	count(control.undetermined) == 1 with input as without
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "device",
		"resource": "compose.yaml/llm",
		"message": "it is given the device /dev/mem",
		"path": ["services", "llm", "volumes", 0],
	}} with input as with_access(["device", "/dev/mem"][0], ["device", "/dev/mem"][1])
	control.findings == {{
		"code": "capability",
		"resource": "compose.yaml/llm",
		"message": "it is given the capability ALL",
		"path": ["services", "llm", "volumes", 0],
	}} with input as with_access(["capability", "ALL"][0], ["capability", "ALL"][1])
	control.findings == {{
		"code": "namespace",
		"resource": "compose.yaml/llm",
		"message": "it shares the pid namespace of its host",
		"path": ["services", "llm", "volumes", 0],
	}} with input as with_access(["namespace", "pid"][0], ["namespace", "pid"][1])
	control.findings == {{
		"code": "security_option",
		"resource": "compose.yaml/llm",
		"message": "it sets label:disable",
		"path": ["services", "llm", "volumes", 0],
	}} with input as with_access(["security_option", "label:disable"][0], ["security_option", "label:disable"][1])
	control.findings == {{
		"code": "privileged",
		"resource": "compose.yaml/llm",
		"message": "it is privileged",
		"path": [],
	}} with input as given([{"what": "privileged", "name": "", "known": true}])
	control.findings == {{
		"code": "engine",
		"resource": "compose.yaml/llm",
		"message": "it is given the socket of the container engine",
		"path": ["services", "llm", "volumes", 0],
	}} with input as with_access(["engine", ""][0], ["engine", ""][1])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "compose.yaml/llm",
		"path": [],
		"reason": "what of its host it is given could not be read",
	}} with input as given({})
	control.undetermined == {{
		"resource": "compose.yaml/llm",
		"path": [],
		"reason": "what of its host it is given comes from a variable",
	}} with input as given([{"path": [], "what": "path", "name": "${MODELS}", "known": false}])
	control.undetermined == set() with input as with_access(["engine", ""][0], ["engine", ""][1])
	control.undetermined == set() with input as with_access(["privileged", ""][0], ["privileged", ""][1])
	control.undetermined == set() with input as with_access(["namespace", "pid"][0], ["namespace", "pid"][1])
	control.undetermined == {{
		"resource": "compose.yaml/llm",
		"path": [],
		"reason": "something that it is given of its host could not be read",
	}} with input as given([null])
}

test_every_folder_that_gives_the_host_away_is_a_finding if {
	every folder in [
		"/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/proc", "/root", "/run", "/sbin", "/sys", "/usr", "/var",
		"/var/lib", "/var/lib/containerd", "/var/lib/docker", "/var/lib/kubelet", "/var/run", "~", "~/.aws", "~/.docker",
		"~/.kube", "~/.ssh",
	] {
		{finding.code | some finding in control.findings} == {"path"} with input as with_access("path", folder)
	}
}

test_every_capability_that_docker_gives_anyhow_passes if {
	every name in [
		"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP",
		"SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
	] {
		control.findings == set() with input as with_access("capability", name)
	}
}

test_every_option_that_takes_protection_away_is_a_finding if {
	every option in ["seccomp:unconfined", "apparmor:unconfined", "systempaths:unconfined", "label:disable", "no-new-privileges:false"] {
		{finding.code | some finding in control.findings} == {"security_option"} with input as with_access("security_option", option)
	}
}

test_only_a_path_and_an_option_are_compared_with_lists if {
	every what in ["namespace", "device", "capability"] {
		messages := {finding.message | some finding in control.findings} with input as with_access(what, "/etc")
		count(messages) == 1
		every message in messages {
			not contains(message, "mounts")
		}
	}
	control.findings == set() with input as with_access("path", "seccomp:unconfined")
}

test_what_has_no_name_is_undetermined_and_no_finding if {
	every what in ["namespace", "path", "capability", "security_option", "device"] {
		control.findings == set() with input as with_access(what, "")
		count(control.undetermined) == 1 with input as with_access(what, "")
	}
}
