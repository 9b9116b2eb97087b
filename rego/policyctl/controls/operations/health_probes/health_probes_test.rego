package policyctl.controls.operations.health_probes_test

import data.policyctl.controls.operations.health_probes as control
import data.policyctl.testing.kubernetes as make

test_readiness_and_liveness_or_startup_pass if {
	every probes in [["readiness", "liveness"], ["readiness", "startup"], ["readiness", "liveness", "startup"]] {
		control.resources == {"Deployment/ml/scorer"} with input as of({"probes": probes}, {})
		control.findings == set() with input as of({"probes": probes}, {})
		control.undetermined == set() with input as of({"probes": probes}, {})
	}
}

test_each_missing_probe_is_a_finding if {
	codes == {"no_liveness_probe"} with input as of({"probes": ["readiness"]}, {})
	codes == {"no_readiness_probe"} with input as of({"probes": ["liveness", "startup"]}, {})
	codes == {"no_readiness_probe", "no_liveness_probe"} with input as of({"probes": []}, {})
}

test_a_finding_names_the_field if {
	{finding.path | some finding in control.findings} == {["spec", "template", "spec", "containers", 0, "livenessProbe"]} with input as of({"probes": ["readiness"]}, {})
}

test_probes_that_cannot_be_read_do_not_pass if {
	every broken in [null, "readiness", {"a": "readiness", "b": "liveness"}, [["readiness", "liveness"]], [null], [1]] {
		codes == {"no_readiness_probe", "no_liveness_probe"} with input as of({"probes": broken}, {})
	}
}

test_init_and_ephemeral_containers_need_none if {
	every role in ["init", "ephemeral"] {
		codes == set() with input as of({"role": role}, {})
	}
	count(codes) == 2 with input as of({"role": null}, {})
}

test_what_serves_nothing_is_not_looked_at if {
	control.resources == set() with input as of({}, {"serving": false})
	control.findings == set() with input as of({}, {"serving": false})
	control.undetermined == set() with input as of({"image_source": "runtime"}, {"serving": false})
}

test_a_serving_runtime_is_looked_at_although_it_answers_nothing_itself if {
	every kind in ["ServingRuntime", "ClusterServingRuntime"] {
		control.resources == {"Deployment/ml/scorer"} with input as of({}, {"serving": false, "kind": kind})
		count(codes) == 2 with input as of({}, {"serving": false, "kind": kind})
		codes == set() with input as of({"probes": ["readiness", "startup"]}, {"serving": false, "kind": kind})
	}
}

test_only_a_plain_no_says_that_it_serves_nothing if {
	every broken in [null, "false", 0] {
		count(codes) == 2 with input as of({}, {"serving": broken})
	}
}

test_what_a_runtime_may_add_is_undetermined if {
	codes == set() with input as of({"image_source": "runtime"}, {})
	count(control.undetermined) == 1 with input as of({"image_source": "runtime"}, {})
	control.undetermined == set() with input as of({"image_source": "runtime", "probes": ["readiness", "startup"]}, {})
}

test_containers_that_cannot_be_read_do_not_pass if {
	count(control.undetermined) > 0 with input as of({}, {"containers": null})
}

test_each_finding_is_told_in_full if {
	control.findings == {
		{
			"code": "no_liveness_probe",
			"resource": "Deployment/ml/scorer",
			"message": "container scorer has neither a liveness nor a startup probe",
			"path": ["spec", "template", "spec", "containers", 0, "livenessProbe"],
		},
		{
			"code": "no_readiness_probe",
			"resource": "Deployment/ml/scorer",
			"message": "container scorer has no readiness probe",
			"path": ["spec", "template", "spec", "containers", 0, "readinessProbe"],
		},
	} with input as of({"role": null}, {})
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": ["spec", "template", "spec", "containers", 0],
		"reason": "the probes of scorer may come from another object",
	}} with input as of({"image_source": "runtime"}, {})
	control.undetermined == set() with input as of({"role": null}, {})
}

codes := {finding.code | some finding in control.findings}

of(container, facts) := make.object_of(object.union({"containers": [make.container(container)], "pods": [make.pod({})]}, facts), {})
