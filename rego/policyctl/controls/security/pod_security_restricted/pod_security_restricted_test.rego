package policyctl.controls.security.pod_security_restricted_test

import data.policyctl.controls.security.pod_security_restricted as control
import data.policyctl.testing.kubernetes as make

test_a_restricted_pod_passes if {
	control.resources == {"Deployment/ml/scorer"} with input as of({}, {})
	control.findings == set() with input as of({}, {})
	control.undetermined == set() with input as of({}, {})
}

test_a_pod_that_says_nothing_fails_in_four_ways if {
	document := make.object_of({"pods": [make.pod({})], "containers": [make.container({})]}, {})
	codes == {"privilege_escalation", "capabilities_not_dropped", "may_run_as_root", "seccomp"} with input as document
	{finding.path | some finding in control.findings; finding.code == "seccomp"} == {["spec", "template", "spec", "containers", 0, "securityContext", "seccompProfile"]} with input as document
}

test_what_a_runtime_brings_is_undetermined_until_the_object_says_it if {
	silent := make.object_of({"pods": [make.pod({})], "containers": [make.container({"image_source": "runtime"})]}, {})
	codes == set() with input as silent
	{entry.reason | some entry in control.undetermined} == {"the security context of container scorer may come from another object"} with input as silent
	control.undetermined == set() with input as having({"image_source": "runtime"})
}

test_what_the_object_says_of_a_container_from_a_runtime_counts if {
	allowed := object.union(container_context, {"allow_privilege_escalation": true})
	codes == {"privilege_escalation"} with input as having({"image_source": "runtime", "security_context": allowed})
	as_root := make.pod({"security_context": {"run_as_non_root": false}})
	silent := make.container({"image_source": "runtime"})
	codes == {"may_run_as_root"} with input as make.object_of({"pods": [as_root], "containers": [silent]}, {})
}

test_each_namespace_of_the_node_is_a_finding if {
	every field, key in {"host_network": "hostNetwork", "host_pid": "hostPID", "host_ipc": "hostIPC"} {
		every broken in [true, null, "false", 0, []] {
			codes == {"host_namespace"} with input as of({field: broken}, {})
			{finding.path | some finding in control.findings} == {["spec", "template", "spec", key]} with input as of({field: broken}, {})
		}
	}
}

test_a_path_of_the_node_is_a_finding if {
	volume := {"name": "root", "path": ["spec", "volumes", 0], "source": "hostPath", "host_path": "/"}
	control.findings == {{
		"code": "host_path",
		"resource": "Deployment/ml/scorer",
		"message": "volume root opens a path of the node",
		"path": ["spec", "volumes", 0],
	}} with input as of({"volumes": [volume]}, {})
}

test_only_the_listed_types_of_volume_pass if {
	every source in ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"] {
		codes == set() with input as of({"volumes": [{"name": "x", "source": source}]}, {})
	}
	every broken in ["nfs", "gcePersistentDisk", "", null, 1, ["emptyDir"]] {
		codes == {"volume_type"} with input as of({"volumes": [{"name": "x", "source": broken}]}, {})
	}
	codes == {"volume_type"} with input as of({"volumes": [{"name": "x"}]}, {})
	codes == {"volume_type"} with input as of({"volumes": [null]}, {})
}

test_volumes_that_cannot_be_read_are_undetermined if {
	every broken in [null, "hostPath", {}] {
		count(control.undetermined) == 1 with input as of({"volumes": broken}, {})
	}
}

test_only_safe_kernel_parameters_pass if {
	codes == set() with input as of({"security_context": object.union(pod_context, {"sysctls": ["net.ipv4.tcp_syncookies"]})}, {})
	codes == {"unsafe_sysctl"} with input as of({"security_context": object.union(pod_context, {"sysctls": ["kernel.msgmax"]})}, {})
}

test_a_privileged_container_is_a_finding if {
	codes == {"privileged"} with input as of({}, {"privileged": true})
	codes == {"privileged"} with input as of({}, {"privileged": "false"})
	codes == set() with input as of({}, {"privileged": false})
}

test_only_a_plain_no_forbids_more_privileges if {
	every broken in [true, null, "false", 0] {
		codes == {"privilege_escalation"} with input as of({}, {"allow_privilege_escalation": broken})
	}
}

test_all_capabilities_are_dropped_by_that_word if {
	every broken in [[], ["NET_RAW"], ["all"], "ALL", null, {"a": "ALL"}, [["ALL"]]] {
		codes == {"capabilities_not_dropped"} with input as of({}, {"capabilities_drop": broken})
	}
	codes == set() with input as of({}, {"capabilities_drop": ["NET_RAW", "ALL"]})
}

test_one_capability_may_be_added if {
	codes == set() with input as of({}, {"capabilities_add": ["NET_BIND_SERVICE"]})
	codes == {"capability_added"} with input as of({}, {"capabilities_add": ["NET_BIND_SERVICE", "SYS_PTRACE"]})
	codes == {"capability_added"} with input as of({}, {"capabilities_add": "SYS_ADMIN"})
}

test_the_container_may_say_it_alone if {
	codes == set() with input as of({"security_context": {}}, {"run_as_non_root": true, "seccomp_profile": "Localhost"})
}

test_a_container_does_not_undo_what_the_pod_says if {
	codes == {"may_run_as_root"} with input as of({}, {"run_as_non_root": false})
	codes == {"seccomp"} with input as of({}, {"seccomp_profile": "Unconfined"})
}

test_a_pod_that_says_something_wrong_is_wrong_all_the_same if {
	wrong := {"run_as_non_root": false, "seccomp_profile": "Unconfined"}
	right := {"run_as_non_root": true, "seccomp_profile": "RuntimeDefault"}
	codes == {"may_run_as_root", "seccomp"} with input as of({"security_context": wrong}, right)
	count(control.findings) == 2 with input as of({"security_context": wrong}, right)
}

test_root_as_the_user_is_a_finding if {
	codes == {"root_user"} with input as of({}, {"run_as_user": 0})
	codes == {"root_user"} with input as of({}, {"run_as_user": "1000"})
	codes == {"root_user"} with input as of({"security_context": object.union(pod_context, {"run_as_user": 0})}, {})
	codes == set() with input as of({}, {"run_as_user": 1})
}

test_profiles_and_options_that_weaken_are_findings if {
	codes == {"app_armor"} with input as of({}, {"app_armor_profile": "Unconfined"})
	codes == {"app_armor"} with input as of({"security_context": object.union(pod_context, {"app_armor_profile": "Unconfined"})}, {})
	codes == set() with input as of({}, {"app_armor_profile": "RuntimeDefault"})
	codes == {"se_linux"} with input as of({}, {"se_linux_type": "spc_t"})
	codes == {"se_linux"} with input as of({}, {"se_linux_user": "system_u"})
	codes == set() with input as of({}, {"se_linux_type": "container_t", "se_linux_role": ""})
	codes == {"host_process"} with input as of({}, {"host_process": true})
	codes == set() with input as of({}, {"host_process": false})
	codes == {"proc_mount"} with input as of({}, {"proc_mount": "Unmasked"})
	codes == set() with input as of({}, {"proc_mount": "Default"})
}

test_a_port_of_the_node_is_a_finding if {
	every broken in [[8000], [0, 8000], null, "8000", {}, ["0"], [null]] {
		codes == {"host_port"} with input as having({"host_ports": broken})
	}
	codes == set() with input as having({"host_ports": [0]})
}

test_a_context_that_cannot_be_read_does_not_pass if {
	every broken in [null, "", [], [container_context]] {
		{"privilege_escalation", "capabilities_not_dropped", "may_run_as_root", "seccomp"} - codes == set() with input as having({"security_context": broken})
	}
	every broken in [null, "", [pod_context]] {
		codes == {"may_run_as_root", "seccomp"} with input as of({"security_context": broken}, {})
	}
}

test_init_and_ephemeral_containers_are_looked_at if {
	every role in ["init", "ephemeral"] {
		codes == {"privileged"} with input as having({"role": role, "security_context": object.union(container_context, {"privileged": true})})
	}
}

test_a_container_without_its_pod_does_not_pass if {
	every broken in [1, null, "0"] {
		codes == {"may_run_as_root", "seccomp"} with input as having({"pod": broken})
		count(control.undetermined) == 1 with input as having({"pod": broken})
	}
}

test_containers_that_cannot_be_read_do_not_pass if {
	every broken in [null, "scorer", [], [null]] {
		count(control.undetermined) == 1 with input as make.object_of({"pods": [make.pod({})], "containers": broken}, {})
	}
}

test_a_security_context_that_cannot_be_read_hides_nothing if {
	every broken in [null, "privileged", 7, true, [], [{"privileged": true}]] {
		[entry.path | some entry in control.undetermined] == [["spec", "template", "spec", "containers", 0, "securityContext"]] with input as having({"security_context": broken})
		[entry.path | some entry in control.undetermined] == [["spec", "template", "spec", "securityContext"]] with input as of({"security_context": broken}, {})
	}
	control.undetermined == set() with input as of({}, {})
}

test_an_object_without_pods_is_not_looked_at if {
	control.resources == set() with input as make.object_of({"kind": "Service"}, {})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "privileged",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer is privileged",
		"path": ["spec", "template", "spec", "containers", 0, "securityContext", "privileged"],
	}} with input as of({}, {"privileged": true})
	control.findings == {{
		"code": "host_port",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer takes a port of the node",
		"path": ["spec", "template", "spec", "containers", 0, "ports"],
	}} with input as having({"host_ports": {}})
	control.findings == {{
		"code": "root_user",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer names root as its user",
		"path": ["spec", "template", "spec", "containers", 0, "securityContext", "runAsUser"],
	}} with input as of({}, {"run_as_user": 0})
	control.findings == {{
		"code": "host_process",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer is a process of the node",
		"path": ["spec", "template", "spec", "containers", 0, "securityContext", "windowsOptions"],
	}} with input as of({}, {"host_process": true})
	control.findings == {{
		"code": "se_linux",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer sets its own SELinux options",
		"path": ["spec", "template", "spec", "containers", 0, "securityContext", "seLinuxOptions"],
	}} with input as of({}, {"se_linux_type": "spc_t"})
	control.findings == {{
		"code": "app_armor",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer switches AppArmor off",
		"path": ["spec", "template", "spec", "containers", 0, "securityContext", "appArmorProfile"],
	}} with input as of({}, {"app_armor_profile": "Unconfined"})
	control.findings == {
		{
			"code": "may_run_as_root",
			"resource": "Deployment/ml/scorer",
			"message": "container scorer may run as root",
			"path": ["spec", "template", "spec", "containers", 0, "securityContext", "runAsNonRoot"],
		},
		{
			"code": "may_run_as_root",
			"resource": "Deployment/ml/scorer",
			"message": "the pod lets its containers run as root",
			"path": ["spec", "template", "spec", "securityContext", "runAsNonRoot"],
		},
	} with input as make.object_of({"pods": [make.pod({"security_context": {"run_as_non_root": false}})], "containers": [make.container({"image_source": "runtime"})]}, {})
	control.findings == {{
		"code": "volume_type",
		"resource": "Deployment/ml/scorer",
		"message": "volume x is of a type that is not allowed",
		"path": [],
	}} with input as of({"volumes": [{"name": "x"}]}, {})
	control.findings == {{
		"code": "proc_mount",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer unmasks /proc",
		"path": ["spec", "template", "spec", "containers", 0, "securityContext", "procMount"],
	}} with input as of({}, {"proc_mount": "Unmasked"})
	control.findings == {{
		"code": "capabilities_not_dropped",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer does not drop all capabilities",
		"path": ["spec", "template", "spec", "containers", 0, "securityContext", "capabilities"],
	}} with input as of({}, {"capabilities_drop": []})
	control.findings == {{
		"code": "capability_added",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer adds capabilities other than NET_BIND_SERVICE",
		"path": ["spec", "template", "spec", "containers", 0, "securityContext", "capabilities"],
	}} with input as of({}, {"capabilities_add": "SYS_ADMIN"})
	control.findings == {{
		"code": "unsafe_sysctl",
		"resource": "Deployment/ml/scorer",
		"message": "the pod sets a kernel parameter that is not known to be safe",
		"path": ["spec", "template", "spec", "securityContext", "sysctls"],
	}} with input as of({"security_context": object.union(pod_context, {"sysctls": ["kernel.msgmax"]})}, {})
	control.findings == {{
		"code": "privilege_escalation",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer may gain privileges that its parent lacks",
		"path": ["spec", "template", "spec", "containers", 0, "securityContext", "allowPrivilegeEscalation"],
	}} with input as of({}, {"allow_privilege_escalation": 0})
	control.findings == {
		{
			"code": "may_run_as_root",
			"resource": "Deployment/ml/scorer",
			"message": "the pod lets its containers run as root",
			"path": ["spec", "template", "spec", "securityContext", "runAsNonRoot"],
		},
		{
			"code": "seccomp",
			"resource": "Deployment/ml/scorer",
			"message": "the pod switches the seccomp profile off",
			"path": ["spec", "template", "spec", "securityContext", "seccompProfile"],
		},
	} with input as of({"security_context": {"run_as_non_root": false, "seccomp_profile": "Unconfined"}}, {"run_as_non_root": true, "seccomp_profile": "RuntimeDefault"})
	control.findings == {{
		"code": "seccomp",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer has no seccomp profile",
		"path": ["spec", "template", "spec", "containers", 0, "securityContext", "seccompProfile"],
	}} with input as of({}, {"seccomp_profile": "Unconfined"})
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": ["spec", "template", "spec", "volumes"],
		"reason": "the volumes could not be read",
	}} with input as of({"volumes": {}}, {})
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": ["spec", "template", "spec", "securityContext"],
		"reason": "the security context of the pod could not be read",
	}} with input as of({"security_context": 7}, {})
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": ["spec", "template", "spec", "containers", 0],
		"reason": "the security context of container scorer may come from another object",
	}} with input as make.object_of({"pods": [make.pod({})], "containers": [make.container({"image_source": "runtime"})]}, {})
}

codes := {finding.code | some finding in control.findings}

pod_context := {"run_as_non_root": true, "seccomp_profile": "RuntimeDefault"}

container_context := {"allow_privilege_escalation": false, "capabilities_drop": ["ALL"]}

of(pod, context) := make.object_of(
	{
		"pods": [make.pod(object.union({"security_context": {}}, changed(pod)))],
		"containers": [make.container({"security_context": object.union(container_context, context)})],
	},
	{},
)

# Replaces what the pod says as a whole, where object.union would add to it.
changed(pod) := pod if {
	"security_context" in object.keys(pod)
} else := object.union(pod, {"security_context": pod_context})

having(container) := make.object_of(
	{
		"pods": [make.pod({"security_context": pod_context})],
		"containers": [object.union_n([make.container({}), {"security_context": container_context}, container])],
	},
	{},
)
