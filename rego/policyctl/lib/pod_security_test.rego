package policyctl.lib.pod_security_test

import data.policyctl.lib.pod_security
import data.policyctl.testing.kubernetes as make

test_pods_and_containers_are_both_asked if {
	document := make.object_of({"pods": [make.pod({})], "containers": [make.container({})]}, {})
	{entry.what | some entry in pod_security.things} == {"the pod", "container scorer"} with input as document
}

test_a_field_is_set_only_to_the_value_itself if {
	pod_security.sets(thing({"privileged": false}), "privileged", {false})
	not pod_security.sets(thing({"privileged": "false"}), "privileged", {false})
	not pod_security.sets(thing({"privileged": null}), "privileged", {false})
	not pod_security.sets(thing({}), "privileged", {false})
	not pod_security.sets({}, "privileged", {false})
	not pod_security.sets(thing("privileged"), "privileged", {false})
}

test_a_field_that_is_not_set_is_set_to_nothing_else if {
	pod_security.sets_other(thing({"privileged": true}), "privileged", {false})
	pod_security.sets_other(thing({"privileged": null}), "privileged", {false})
	not pod_security.sets_other(thing({"privileged": false}), "privileged", {false})
	not pod_security.sets_other(thing({}), "privileged", {false})
}

test_a_list_with_one_other_value_lists_another if {
	pod_security.lists_other(thing({"capabilities_add": ["NET_BIND_SERVICE", "SYS_ADMIN"]}), "capabilities_add", {"NET_BIND_SERVICE"})
	pod_security.lists_other(thing({"capabilities_add": "SYS_ADMIN"}), "capabilities_add", {"NET_BIND_SERVICE"})
	not pod_security.lists_other(thing({"capabilities_add": ["NET_BIND_SERVICE"]}), "capabilities_add", {"NET_BIND_SERVICE"})
	not pod_security.lists_other(thing({}), "capabilities_add", {"NET_BIND_SERVICE"})
}

test_a_container_inherits_only_what_it_does_not_set if {
	document := make.object_of({"pods": [make.pod({"security_context": {"run_as_non_root": true}})]}, {})
	pod_security.holds(make.container({}), "run_as_non_root", {true}) with input as document
	not pod_security.holds(make.container({"security_context": {"run_as_non_root": false}}), "run_as_non_root", {true}) with input as document
	not pod_security.holds(make.container({"security_context": {"run_as_non_root": null}}), "run_as_non_root", {true}) with input as document
	not pod_security.holds(make.container({"security_context": null}), "run_as_non_root", {true}) with input as document
	not pod_security.holds(make.container({"pod": 1}), "run_as_non_root", {true}) with input as document
}

thing(context) := {"security_context": context}
