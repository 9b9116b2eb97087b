package policyctl.controls.supply_chain.model_version_pinned_test

import data.policyctl.controls.supply_chain.model_version_pinned as control
import data.policyctl.testing.images as make_image
import data.policyctl.testing.kubernetes as make

test_a_digest_or_version_passes if {
	every pinned in ["digest", "version"] {
		control.resources == {"Deployment/ml/scorer"} with input as serving([model({"pinned": pinned})])
		control.findings == set() with input as serving([model({"pinned": pinned})])
		control.undetermined == set() with input as serving([model({"pinned": pinned})])
	}
}

test_a_name_that_moves_is_a_finding if {
	control.findings == {{
		"code": "floating_version",
		"resource": "Deployment/ml/scorer",
		"message": "the model google/gemma-3-1b-it can change: its version is a name that moves",
		"path": ["spec", "template", "spec", "containers", 0, "args", 1],
	}} with input as serving([model({"pinned": "floating"})])
}

test_no_version_is_a_finding if {
	codes == {"no_version"} with input as serving([model({"pinned": "none"})])
}

test_one_of_two_models_is_enough_to_fail if {
	codes == {"no_version"} with input as serving([model({}), model({"pinned": "none", "uri": "google/other"})])
}

test_a_path_inside_the_container_is_undetermined if {
	codes == set() with input as serving([model({"pinned": "none", "scheme": "file"})])
	count(control.undetermined) == 1 with input as serving([model({"pinned": "none", "scheme": "file"})])
}

test_a_name_from_elsewhere_is_undetermined if {
	every broken in ["unknown", null, "", 1, ["version"]] {
		codes == set() with input as serving([model({"pinned": broken})])
		reasons == {"the model's name comes from elsewhere"} with input as serving([model({"pinned": broken})])
	}
	reasons == {"the model's name comes from elsewhere"} with input as serving([object.remove(model({}), {"pinned"})])
}

test_a_model_without_a_name_is_still_a_finding if {
	every broken in [null, "", 1] {
		codes == {"no_version"} with input as serving([model({"pinned": "none", "uri": broken})])
	}
}

test_a_server_that_names_no_model_is_undetermined if {
	control.resources == {"Deployment/ml/scorer"} with input as serving([])
	reasons == {"it answers inference requests, and names no model"} with input as serving([])
}

test_models_that_cannot_be_read_do_not_pass if {
	every broken in [null, "gemma", {}] {
		"the models could not be read" in reasons with input as serving(broken)
	}
	"a model could not be read" in reasons with input as serving(["gemma"])
	"the models could not be read" in reasons with input as {"facts": object.remove(serving([]).facts, {"models"})}
}

test_containers_that_cannot_be_read_do_not_pass if {
	"the containers could not be read" in reasons with input as make.object_of({"models": [model({})], "containers": null}, {})
}

test_a_job_that_names_a_model_is_looked_at if {
	document := make.object_of({"serving": false, "models": [model({"pinned": "none"})]}, {})
	codes == {"no_version"} with input as document
}

test_a_reason_that_names_a_model_without_one_is_undetermined if {
	document := make.object_of({"serving": false, "ai_reasons": ["kind ModelConfig", "model gpt-4", 1]}, {})
	control.resources == {"Deployment/ml/scorer"} with input as document
	reasons == {"a model is named that could not be read"} with input as document
}

test_what_names_and_serves_no_model_is_not_looked_at if {
	control.resources == set() with input as make.object_of({"serving": false}, {})
	control.undetermined == set() with input as make.object_of({"serving": false}, {})
	control.resources == set() with input as make.object_of({"ai_workload": false}, {})
	control.resources == set() with input as make.object_of({"kind": "InferenceGraph"}, {})
}

codes := {finding.code | some finding in control.findings}

reasons := {entry.reason | some entry in control.undetermined}

model(changes) := object.union(
	{
		"path": ["spec", "template", "spec", "containers", 0, "args", 1],
		"uri": "google/gemma-3-1b-it",
		"scheme": "hf",
		"pinned": "version",
	},
	changes,
)

serving(models) := make.object_of({"models": models, "containers": [make.container({})], "pods": [make.pod({})]}, {})

test_a_model_in_a_dockerfile_is_judged_like_one_in_a_manifest if {
	model := {"path": ["instructions", 2], "uri": "org/model", "scheme": "hf", "pinned": "none"}
	{f.code | some f in control.findings} == {"no_version"} with input as make_image.dockerfile_of({"models": [model]})
	control.findings == set() with input as make_image.dockerfile_of({"models": [object.union(model, {"pinned": "version"})]})
	control.undetermined == set() with input as make_image.dockerfile_of({"models": [object.union(model, {"pinned": "version"})]})
}

test_what_is_looked_at_is_named if {
	control.resources == {"Deployment/ml/scorer"} with input as make.object_of({"serving": false, "models": [model({"pinned": "none"})]}, {})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_version",
		"resource": "Deployment/ml/scorer",
		"message": "a model names no version",
		"path": ["spec", "template", "spec", "containers", 0, "args", 1],
	}} with input as serving([model({"pinned": "none", "uri": ""})])
	control.findings == {{
		"code": "no_version",
		"resource": "Deployment/ml/scorer",
		"message": "a model names no version",
		"path": ["spec", "template", "spec", "containers", 0, "args", 1],
	}} with input as serving([model({"pinned": "none", "uri": 1})])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "a model could not be read",
	}} with input as serving(["gemma"])
	control.undetermined == set() with input as serving([model({"pinned": "none"})])
	control.undetermined == set() with input as serving([model({"pinned": "floating"})])
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": ["spec", "template", "spec", "containers", 0, "args", 1],
		"reason": "which version lies at this path is decided elsewhere",
	}} with input as serving([model({"pinned": "none", "scheme": "file"})])
}
