package policyctl.controls.governance.model_labels_test

import data.policyctl.controls.governance.model_labels as control
import data.policyctl.testing.kubernetes as make

complete := {"policyctl.dev/model": "credit-scorer", "policyctl.dev/model-version": "2.3.1"}

test_model_and_version_pass if {
	control.resources == {"Deployment/ml/scorer"} with input as of({"labels": complete})
	control.findings == set() with input as of({"labels": complete})
	codes == set() with input as of({"annotations": complete})
}

test_labels_of_its_pods_do_as_well if {
	codes == set() with input as of({"pods": [make.pod({"labels": complete})]})
	codes == {"no_model_version"} with input as of({"pods": [make.pod({"labels": {"ai.gke.io/model": "gemma-3-1b-it"}})]})
}

test_each_missing_label_is_a_finding if {
	codes == {"no_model", "no_model_version"} with input as of({})
	codes == {"no_model"} with input as of({"labels": object.remove(complete, {"policyctl.dev/model"})})
	codes == {"no_model_version"} with input as of({"labels": object.remove(complete, {"policyctl.dev/model-version"})})
	{finding.path | some finding in control.findings} == {["metadata", "labels"]} with input as of({})
}

test_the_version_of_the_application_is_another if {
	codes == {"no_model_version"} with input as of({"labels": {"policyctl.dev/model": "a", "app.kubernetes.io/version": "2.3.1"}})
}

test_a_version_that_moves_is_a_finding_of_its_own if {
	every moving in ["latest", "Latest", " main "] {
		codes == {"moving_version"} with input as of({"labels": object.union(complete, {"policyctl.dev/model-version": moving})})
	}
	control.findings == {{
		"code": "moving_version",
		"resource": "Deployment/ml/scorer",
		"message": "main is no version of a model: it moves from one to the next",
		"path": ["metadata", "annotations", "model-version"],
	}} with input as of({"labels": complete, "annotations": {"model-version": "main"}})
}

test_a_version_that_only_begins_alike_does_not_move if {
	codes == set() with input as of({"labels": object.union(complete, {"policyctl.dev/model-version": "main-2026-11-21"})})
}

test_a_model_may_be_called_as_it_likes if {
	codes == set() with input as of({"labels": object.union(complete, {"policyctl.dev/model": "main"})})
}

test_a_label_that_says_nothing_is_none if {
	every nothing in ["", "TBD", "${MODEL_VERSION}", null, 1, ["2"], {}] {
		codes == {"no_model_version"} with input as of({"labels": object.union(complete, {"policyctl.dev/model-version": nothing})})
	}
}

test_what_runs_no_model_is_not_looked_at if {
	every facts in [{"ai_workload": false}, {"serving": false}] {
		control.resources == set() with input as of(facts)
		control.findings == set() with input as of(object.union(facts, {"labels": {"model-version": "latest"}}))
	}
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_model",
		"resource": "Deployment/ml/scorer",
		"message": "no label names its model",
		"path": ["metadata", "labels"],
	}} with input as of({"labels": object.remove(complete, {"policyctl.dev/model"})})
	control.findings == {{
		"code": "no_model_version",
		"resource": "Deployment/ml/scorer",
		"message": "no label names the version of its model",
		"path": ["metadata", "labels"],
	}} with input as of({"labels": object.remove(complete, {"policyctl.dev/model-version"})})
}

codes := {finding.code | some finding in control.findings}

of(facts) := make.object_of(facts, {"governance": {"model_labels": {
	"model_keys": ["policyctl.dev/model", "model"],
	"version_keys": ["policyctl.dev/model-version", "model-version"],
	"moving_versions": ["latest", "main"],
}}})
