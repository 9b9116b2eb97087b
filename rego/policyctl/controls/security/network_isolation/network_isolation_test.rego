package policyctl.controls.security.network_isolation_test

import data.policyctl.controls.security.network_isolation as control
import data.policyctl.testing.kubernetes as make

test_a_pod_that_is_governed_in_both_directions_passes if {
	control.resources == {"Deployment/ml/scorer"} with input as governed([policy({})])
	control.findings == set() with input as governed([policy({})])
	control.undetermined == set() with input as governed([policy({})])
}

test_two_policies_may_share_the_directions if {
	codes == set() with input as governed([policy({"types": ["Ingress"]}), policy({"types": ["Egress"]})])
}

test_a_run_whose_policies_leave_the_pod_out_fails if {
	codes == {"no_ingress_policy", "no_egress_policy"} with input as governed([])
	codes == {"no_ingress_policy", "no_egress_policy"} with input as governed([policy({"pod": 1})])
	codes == {"no_egress_policy"} with input as governed([policy({"types": ["Ingress"]})])
}

test_a_finding_names_the_pod if {
	{finding.path | some finding in control.findings} == {["spec", "template", "spec"]} with input as governed([])
}

test_a_run_without_policies_is_undetermined if {
	document := of({}, {})
	control.findings == set() with input as document
	{entry.reason | some entry in control.undetermined} == {"no network policy is among the objects of this run"} with input as document
}

test_policies_that_cannot_be_read_do_not_pass if {
	every broken in [null, "", {}] {
		count(control.undetermined) == 1 with input as governed(broken)
	}
	every broken in [[null], ["deny-all"], [policy({"pod": "0"})], [policy({"types": "Ingress"})], [policy({"types": null})]] {
		codes == {"no_ingress_policy", "no_egress_policy"} with input as governed(broken)
	}
}

test_a_policy_that_opens_a_direction_fails if {
	codes == {"egress_open"} with input as governed([policy({"unrestricted": ["Egress"]})])
	codes == {"ingress_open"} with input as governed([policy({}), policy({"name": "open", "unrestricted": ["Ingress"]})])
}

test_a_policy_opens_only_what_it_governs if {
	codes == set() with input as governed([policy({}), policy({"types": ["Ingress"], "unrestricted": ["Egress"]})])
}

test_what_a_policy_opens_must_be_known if {
	every broken in [null, "Egress", {}, [null], [7], [["Egress"]], ["egress"]] {
		count(control.undetermined) == 1 with input as governed([policy({"unrestricted": broken})])
	}
	count(control.undetermined) == 1 with input as governed([object.remove(policy({}), {"unrestricted"})])
}

test_a_profile_may_ask_for_one_direction if {
	document := make.object_of(object.union(facts({}), {"relations": {"network_policies": []}}), {"security": {"network_isolation": {"directions": ["Ingress"]}}})
	codes == {"no_ingress_policy"} with input as document
}

test_policies_do_not_hold_on_the_network_of_the_node if {
	codes == {"host_network"} with input as of({"host_network": true}, {"network_policies": [policy({})]})
}

test_whether_it_is_the_network_of_the_node_must_be_known if {
	every broken in [null, "false", 0] {
		codes == set() with input as of({"host_network": broken}, {"network_policies": [policy({})]})
		count(control.undetermined) == 1 with input as of({"host_network": broken}, {"network_policies": [policy({})]})
	}
}

test_pods_that_cannot_be_read_do_not_pass if {
	document := make.object_of({"pods": null, "containers": [make.container({})]}, parameters)
	control.resources == {"Deployment/ml/scorer"} with input as document
	count(control.undetermined) > 0 with input as document
}

test_other_workloads_are_not_looked_at if {
	document := make.object_of(object.union(facts({}), {"ai_workload": false}), parameters)
	control.resources == set() with input as document
	control.findings == set() with input as document
	control.undetermined == set() with input as document
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "egress_open",
		"resource": "Deployment/ml/scorer",
		"message": "network policy scorer lets all egress traffic through",
		"path": ["spec", "template", "spec"],
	}} with input as governed([policy({"unrestricted": ["Egress"]})])
	control.findings == {{
		"code": "host_network",
		"resource": "Deployment/ml/scorer",
		"message": "the pod is on the node's network, where network policies do not hold",
		"path": ["spec", "template", "spec", "hostNetwork"],
	}} with input as of({"host_network": true}, {"network_policies": [policy({})]})
	control.findings == {{
		"code": "no_egress_policy",
		"resource": "Deployment/ml/scorer",
		"message": "no network policy of this run governs the pod's egress traffic",
		"path": ["spec", "template", "spec"],
	}} with input as governed([policy({"types": ["Ingress"]})])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": ["spec", "template", "spec"],
		"reason": "what network policy scorer opens could not be read",
	}} with input as governed([policy({"unrestricted": {}})])
	control.undetermined == set() with input as governed([policy({"unrestricted": ["Egress"]})])
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": ["spec", "template", "spec", "hostNetwork"],
		"reason": "whether the pod is on the node's network could not be read",
	}} with input as of({"host_network": 0}, {"network_policies": [policy({})]})
	control.undetermined == set() with input as governed([policy({}), policy({"name": "open", "unrestricted": ["Ingress"]})])
}

codes := {finding.code | some finding in control.findings}

parameters := {"security": {"network_isolation": {"directions": ["Ingress", "Egress"]}}}

policy(changes) := object.union({"name": "scorer", "pod": 0, "types": ["Ingress", "Egress"], "unrestricted": []}, changes)

facts(pod) := {"pods": [make.pod(pod)], "containers": [make.container({})]}

governed(policies) := of({}, {"network_policies": policies})

of(pod, relations) := make.object_of(object.union(facts(pod), {"relations": relations}), parameters)
