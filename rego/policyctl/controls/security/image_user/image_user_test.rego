package policyctl.controls.security.image_user_test

import data.policyctl.controls.security.image_user as control
import data.policyctl.testing.images as make

test_another_user_than_root_passes if {
	every user in ["1000", "1000:1000", "model", "101:0", " model ", "rooted", "00001"] {
		control.resources == {"Dockerfile"} with input as built({"user_source": "file", "user": user})
		codes == set() with input as built({"user_source": "file", "user": user})
		control.undetermined == set() with input as built({"user_source": "file", "user": user})
	}
}

test_root_is_a_finding_however_it_is_written if {
	every user in ["root", "0", "root:root", "0:0", "000", " root"] {
		codes == {"root_user"} with input as built({"user_source": "file", "user": user})
	}
	control.findings == {{
		"code": "root_user",
		"resource": "compose.yaml/llm",
		"message": "service llm runs as root",
		"path": ["services", "llm", "user"],
	}} with input as make.service_of({"containers": [make.container({"user_source": "file", "user": "0"})]}, {})
}

test_no_user_on_an_image_of_a_distribution_is_a_finding if {
	control.findings == {{
		"code": "no_user",
		"resource": "Dockerfile",
		"message": "stage prod sets no user, and library/python runs as root",
		"path": ["instructions", 0, "user"],
	}} with input as on("docker.io", "library/python")
	codes == {"no_user"} with input as built({"base_source": "scratch"})
}

test_no_user_on_an_image_that_is_not_known_is_undetermined if {
	every document in [on("registry.example.com", "library/python"), on("docker.io", "vllm/vllm-openai"), on("docker.io", null), built({}), built({"base": null})] {
		codes == set() with input as document
		count(control.undetermined) == 1 with input as document
	}
}

test_a_user_that_comes_from_elsewhere_or_cannot_be_read_is_undetermined if {
	every broken in [{"user_source": "elsewhere", "user": "${UID}"}, {"user_source": "file"}, {"user_source": "file", "user": ""}, {"user_source": "file", "user": 0}, {"user_source": null}, {"user_source": ["file"]}] {
		codes == set() with input as built(broken)
		count(control.undetermined) == 1 with input as built(broken)
	}
}

test_stages_that_are_left_behind_are_not_looked_at if {
	stages := [make.stage({"role": "stage", "user_source": "file", "user": "root"}), make.stage({"user_source": "file", "user": "1000"})]
	codes == set() with input as make.dockerfile_of({"containers": stages})
}

test_without_a_last_stage_nothing_can_be_told if {
	count(control.undetermined) == 1 with input as make.dockerfile_of({"containers": [make.stage({"role": "stage"})]})
	count(control.undetermined) > 0 with input as make.dockerfile_of({"containers": null})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_user",
		"resource": "Dockerfile",
		"message": "stage prod sets no user, and scratch runs as root",
		"path": ["instructions", 0, "user"],
	}} with input as built({"base_source": "scratch"})
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Dockerfile",
		"path": ["instructions", 0, "user"],
		"reason": "it sets no user, and as which its image runs is not known",
	}} with input as built({})
	control.undetermined == {{
		"resource": "Dockerfile",
		"path": [],
		"reason": "what is built or run in the end could not be told",
	}} with input as make.dockerfile_of({"containers": [make.stage({"role": "stage"})]})
	control.undetermined == {{
		"resource": "Dockerfile",
		"path": ["instructions", 0, "user"],
		"reason": "as which user it runs comes from a variable, or could not be read",
	}} with input as built({"user_source": null})
	control.undetermined == {
		{
			"resource": "Dockerfile",
			"path": [],
			"reason": "the containers could not be read",
		},
		{
			"resource": "Dockerfile",
			"path": [],
			"reason": "what is built or run in the end could not be told",
		},
	} with input as make.dockerfile_of({"containers": null})
}

test_every_image_that_is_known_to_run_as_root_is_a_finding if {
	every repository in [
		"library/ubuntu", "library/debian", "library/alpine", "library/fedora", "library/almalinux", "library/rockylinux",
		"library/amazonlinux", "library/centos", "library/busybox", "library/python", "library/golang", "library/rust",
		"library/buildpack-deps", "nvidia/cuda",
	] {
		codes == {"no_user"} with input as on("docker.io", repository)
	}
}

test_a_user_that_is_set_counts_though_the_image_is_known_to_run_as_root if {
	document := built({"user_source": "file", "user": "1000", "base": {"reference": "x", "registry": "docker.io", "repository": "library/python"}})
	codes == set() with input as document
	control.undetermined == set() with input as document
}

test_a_user_from_a_variable_is_undetermined_whatever_the_image if {
	document := built({"user_source": "variable", "user": "0", "base": {"reference": "x", "registry": "docker.io", "repository": "library/python"}})
	codes == set() with input as document
	{entry.reason | some entry in control.undetermined} == {"as which user it runs comes from a variable, or could not be read"} with input as document
}

codes := {finding.code | some finding in control.findings}

built(changes) := make.dockerfile_of({"containers": [make.stage(changes)]})

on(registry, repository) := built({"base": {"reference": "x", "registry": registry, "repository": repository}})
