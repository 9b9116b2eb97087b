package policyctl.readable_test

import data.policyctl.readable

test_what_a_runtime_takes_for_an_image if {
	every reference in ["nginx", "nginx:1.25", "localhost/a", "host:5000/a/b:1", "REG/a", concat("", ["a@sha256:", _zeros(64)])] {
		readable.is_image(reference)
	}
}

test_what_no_runtime_takes_for_an_image if {
	every reference in ["", 7, "Nginx", "a//b", "a:", "a b", _zeros(600), concat("", ["a@sha256:", _zeros(63)]), concat("", ["a/", _zeros(256)])] {
		not readable.is_image(reference)
	}
}

test_a_whole_number_is_a_number if {
	readable.is_of(7, "number")
	not readable.is_of(7.5, "number")
	readable.is_of("7", "string")
	not readable.is_of(7, "string")
}

test_a_pod_that_can_be_read_has_no_problems if _problems({}, {}) == set()

test_a_pod_without_containers_is_a_problem if {
	readable.problems({"kind": "Pod", "spec": {}}, ["spec"]) == {"spec names no container: there is no pod to look at"}
	readable.problems({"kind": "Pod", "spec": {"containers": []}}, ["spec"]) == {"spec names no container: there is no pod to look at"}
}

test_fields_of_a_wrong_type_are_problems if {
	_problems({"hostNetwork": "yes"}, {}) == {"spec.hostNetwork is not boolean"}
	_problems({"volumes": ["x"]}, {}) == {"spec.volumes.0 is not object"}
	_problems({}, {"securityContext": {"runAsUser": 0.5}}) == {"spec.containers.0.securityContext.runAsUser is not number"}
}

test_entries_of_a_wrong_type_are_problems if {
	every changed in [
		{"command": 7},
		{"args": [7]},
		{"env": [{"name": ""}]},
		{"env": ["A"]},
		{"env": [{"name": "A", "value": 7}]},
		{"env": [{"name": "A", "valueFrom": {"fieldRef": {}, "secretKeyRef": {}}}]},
		{"ports": [{"hostPort": "80"}]},
		{"resources": {"limit": {}}},
		{"resources": {"limits": {"cpu": "much"}}},
		{"securityContext": {"sysctls": [{"name": ""}]}},
		{"securityContext": {"capabilities": {"add": [7]}}},
	] {
		count(_problems({}, changed)) == 1
	}
}

test_entries_that_can_be_read_are_none if {
	_problems({}, {
		"env": [{"name": "A", "value": "1", "valueFrom": {"fieldRef": {}}}, {"name": "B", "valueFrom": {"fieldRef": {}}}, {"name": "C"}],
		"ports": [{"hostPort": 80}],
		"command": ["sh"],
		"resources": {"limits": {"cpu": "1"}},
		"securityContext": {"sysctls": [{"name": "a"}], "capabilities": {"add": ["A"]}},
	}) == set()
}

test_volumes_that_cannot_be_read_are_problems if {
	every volume in [{"emptyDir": {}, "hostPath": {}}, {"hostPath": "x"}, {"projected": {"sources": [7]}}, {"name": 7}] {
		count(_problems({"volumes": [volume]}, {})) == 1
	}
	_problems({"volumes": [{"name": "a", "projected": {"sources": [{}]}}, {"image": {"reference": "nginx"}}]}, {}) == set()
}

test_labels_that_are_no_texts_are_problems if {
	every metadata in ["x", {"labels": "x"}, {"labels": {"a": 7}}] {
		count(readable.problems({"metadata": metadata, "spec": {"containers": [{"name": "c"}]}}, ["spec"])) == 1
	}
}

test_a_pod_elsewhere_is_a_problem if {
	root := {"spec": {"containers": [{"name": "c", "image": "nginx"}]}, "other": {"containers": []}}
	readable.problems(root, ["spec"]) == {`["other"] stands where no pod is looked for`}
}

_problems(spec, container) := readable.problems(
	{"spec": object.union({"containers": [object.union({"name": "c", "image": "nginx"}, container)]}, spec)},
	["spec"],
)

_zeros(count) := sprintf(concat("", ["%0", sprintf("%d", [count]), "d"]), [0])
