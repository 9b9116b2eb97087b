package policyctl.reviewing_test

import data.policyctl.reviewing

test_a_new_object_is_judged if {
	document := reviewing.document with input as asked({})
	document.facts.id == "Pod.v1/ml/p"
	document.subject.id == "Pod.v1/ml/p"
	document.gaps == []
}

test_an_object_has_the_namespace_that_it_says if {
	document := reviewing.document with input as asked({"object": {"metadata": {"namespace": "own"}}})
	document.facts.id == "Pod.v1/own/p"
}

test_requests_that_run_nothing_are_not_judged if {
	every changed in [
		{"operation": "DELETE"},
		{"operation": "CONNECT"},
		{"subResource": "status"},
		{"subResource": "scale"},
		{"subResource": "eviction"},
	] {
		reviewing.not_judged with input as asked(changed)
		not reviewing.refused with input as asked(changed)
		not reviewing.document with input as asked(changed)
	}
}

test_an_ephemeral_container_is_judged if reviewing.document with input as asked({"subResource": "ephemeralcontainers"})

test_an_update_of_bookkeeping_is_not_judged if {
	was := object.union(pod, {"metadata": {"finalizers": ["x"], "generation": 1}, "status": {"phase": "Running"}})
	reviewing.not_judged == "nothing changes that a control looks at" with input as asked({"operation": "UPDATE", "oldObject": was})
}

test_an_update_of_a_label_is_judged if {
	was := object.union(pod, {"metadata": {"labels": {"a": "b"}}})
	not reviewing.not_judged with input as asked({"operation": "UPDATE", "oldObject": was})
	reviewing.document_before.facts.id == "Pod.v1/ml/p" with input as asked({"operation": "UPDATE", "oldObject": was})
}

test_a_request_without_an_object_is_refused if {
	reviewing.refused == "the request holds no object" with input as without("object")
	reviewing.refused == "the request holds no object" with input as asked({"object": null})
}

test_an_object_of_another_kind_is_refused if {
	every changed in [{"object": {"kind": "Secret"}}, {"object": {"apiVersion": "v2"}}, {"object": "text"}, {"kind": {"group": "x"}}, {"object": []}] {
		reviewing.refused == "the object is not of the kind that the request is about" with input as asked(changed)
		not reviewing.document with input as asked(changed)
	}
}

test_a_request_that_does_not_say_its_kind_is_refused if reviewing.refused with input as without("kind")

test_a_kind_in_which_no_pod_is_looked_for_is_a_gap if {
	every kind in [{"group": "ray.io", "version": "v1", "kind": "RayCluster"}, {"group": "apps", "version": "v1", "kind": "Pod"}] {
		changed := {"kind": kind, "object": {"kind": kind.kind, "apiVersion": sprintf("%s/v1", [kind.group])}}
		document := reviewing.document with input as asked(changed)
		some gap in document.gaps
		startswith(gap.reason, "no pod is looked for in objects of kind")
		gap.paths == [["facts", "pods"], ["facts", "containers"]]
	}
}

test_a_deployment_is_looked_into if {
	kind := {"group": "apps", "version": "v1", "kind": "Deployment"}
	made := {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "p"}, "spec": {"template": {"spec": pod.spec}}}
	document := reviewing.document with input as {"request": {"kind": kind, "operation": "CREATE", "object": made}}
	document.gaps == []
	document.facts.id == "Deployment.apps/-/p"
}

test_what_cannot_be_read_is_a_gap if {
	document := reviewing.document with input as asked({"object": {"spec": {"hostPID": "yes"}}})
	[gap.reason | some gap in document.gaps] == ["spec.hostPID is not boolean"]
}

test_people_are_told_the_name if {
	reviewing.named == "Pod ml/p" with input as asked({})
	reviewing.named == "Pod " with input as {"request": {"kind": {"kind": "Pod"}}}
}

pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "nginx"}]}}

request := {
	"uid": "u",
	"kind": {"group": "", "version": "v1", "kind": "Pod"},
	"operation": "CREATE",
	"namespace": "ml",
	"name": "p",
	"object": pod,
}

asked(changed) := {"request": object.union(request, changed)}

without(key) := {"request": object.remove(request, [key])}
