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
