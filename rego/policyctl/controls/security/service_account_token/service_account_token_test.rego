package policyctl.controls.security.service_account_token_test

import data.policyctl.controls.security.service_account_token as control
import data.policyctl.testing.kubernetes as make

test_a_pod_that_switches_the_token_off_passes if {
	control.resources == {"Deployment/ml/scorer"} with input as of({"automount_token": false}, {})
	control.findings == set() with input as of({"automount_token": false}, {})
	control.undetermined == set() with input as of({"automount_token": false}, {})
}

test_a_pod_that_says_nothing_mounts_the_default_token if {
	control.findings == {{
		"code": "default_token_mounted",
		"resource": "Deployment/ml/scorer",
		"message": "the pod mounts a token of the default service account",
		"path": ["spec", "template", "spec", "automountServiceAccountToken"],
	}} with input as of({}, {})
}

test_only_a_plain_no_switches_it_off if {
	every broken in [true, null, "false", 0, []] {
		codes == {"default_token_mounted"} with input as of({"automount_token": broken}, {})
	}
}

test_an_account_of_its_own_passes if {
	codes == set() with input as of({"service_account": "scorer"}, {})
	codes == set() with input as of({"service_account": "scorer", "automount_token": true}, {})
}

test_the_default_account_is_none_of_its_own if {
	every broken in ["default", "", null, 1, ["scorer"]] {
		codes == {"default_token_mounted"} with input as of({"service_account": broken}, {})
	}
}

test_an_account_that_switches_it_off_passes if {
	codes == set() with input as of({}, accounts({"automount": false}))
}

test_what_the_pod_says_goes_first if {
	codes == {"default_token_mounted"} with input as of({"automount_token": true}, accounts({"automount": false}))
}

test_an_account_that_says_nothing_or_is_of_another_pod_changes_nothing if {
	every changes in [{}, {"automount": true}, {"automount": null}, {"automount": "false"}, {"automount": false, "pod": 1}] {
		codes == {"default_token_mounted"} with input as of({}, accounts(changes))
	}
}

test_pods_that_cannot_be_read_do_not_pass if {
	every broken in [null, "pod", {}, [null], [[]]] {
		document := make.object_of({"pods": broken, "containers": [make.container({})]}, {})
		control.resources == {"Deployment/ml/scorer"} with input as document
		count(control.undetermined) > 0 with input as document
	}
}

test_an_object_without_pods_is_not_looked_at if {
	control.resources == set() with input as make.object_of({"kind": "Service"}, {})
}

codes := {finding.code | some finding in control.findings}

accounts(changes) := {"service_accounts": [object.union({"name": "default", "pod": 0}, changes)]}

of(pod, relations) := make.object_of(
	{
		"pods": [make.pod(pod)],
		"containers": [make.container({})],
		"relations": relations,
	},
	{},
)
