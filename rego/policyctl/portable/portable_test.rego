package policyctl.portable_test

import data.policyctl.portable

test_a_pod_stands_where_its_kind_has_it if {
	_of({"kind": "Pod"}).pod_path == ["spec"]
	_of({"kind": "PodTemplate"}).pod_path == ["template", "spec"]
	_of({"kind": "CronJob"}).pod_path == ["spec", "jobTemplate", "spec", "template", "spec"]
	_of({"kind": "Deployment"}).pod_path == ["spec", "template", "spec"]
}

test_an_object_is_called_as_the_collector_calls_it if {
	_of({"kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"name": "a", "namespace": "ml"}}).id == "Deployment.apps/ml/a"
	_of({"kind": "Pod", "apiVersion": "v1", "metadata": {"generateName": "a-"}}).id == "Pod.v1/-/a-*"
	_of({"kind": 7}).id == "./-/*"
}

test_an_object_without_containers_has_no_pods if {
	_of({"kind": "Pod", "spec": "x"}).document.facts.pods == []
	_of({"kind": "Pod", "spec": {"containers": "x"}}).document.facts.pods == []
}

test_what_controls_read_is_carried_over if {
	facts := _pod({"name": "c", "image": "a:1@md5:00000000000000000000000000000000"}, {"hostPID": true, "hostNetwork": false})
	[container] := facts.containers
	container.image == {"reference": "a:1@md5:00000000000000000000000000000000", "digest": "md5:00000000000000000000000000000000"}
	container.id == "spec/c"
	container.path == ["spec", "containers", 0]
	[pod] := facts.pods
	[pod.host_pid, pod.host_network, pod.host_ipc] == [true, false, false]
}

test_an_image_that_cannot_be_read_is_left_out if {
	[container] := _pod({"image": "a b"}, {}).containers
	not container.image
	container.image_source == "manifest"
	container.name == "containers[0]"
	_pod({}, {}).containers[0].image_source == "missing"
	_pod({"image": "nginx"}, {}).containers[0].image == {"reference": "nginx"}
}

test_a_volume_has_its_source if {
	pod := _pod({"name": "c"}, {"volumes": [
		{"name": "a", "hostPath": {"path": "/etc"}},
		{"name": "b", "projected": {"sources": [{"serviceAccountToken": {}}]}},
		{"name": "c"},
		{"name": 7},
	]}).pods[0]
	[volume.source | some volume in pod.volumes] == ["hostPath", "projected", "emptyDir", "emptyDir"]
	pod.volumes[0].host_path == "/etc"
	pod.volumes[1].token
	pod.volumes[3].name == ""
}

test_a_security_context_is_carried_over if {
	context := {"runAsUser": 0, "sysctls": [{"name": "a"}], "capabilities": {"add": ["X"], "drop": ["ALL"]}}
	_pod({"securityContext": context}, {}).containers[0].security_context == {
		"run_as_user": 0,
		"sysctls": ["a"],
		"capabilities_add": ["X"],
		"capabilities_drop": ["ALL"],
	}
}

test_what_cannot_be_read_is_told if count(_of({"kind": "Pod"}).unreadable) == 1

test_parameters_are_those_of_the_constraint if {
	portable.document.profile.parameters == {"a": 1} with input as {"review": {"object": {}}, "parameters": {"profile": {"a": 1}}}
}

_pod(container, spec) := _of({"kind": "Pod", "spec": object.union({"containers": [container]}, spec)}).document.facts

_of(value) := {"id": id, "pod_path": path, "document": document, "unreadable": unreadable} if {
	id := portable.id with input as {"review": {"object": value}}
	path := portable.pod_path with input as {"review": {"object": value}}
	document := portable.document with input as {"review": {"object": value}}
	unreadable := portable.unreadable with input as {"review": {"object": value}}
}
