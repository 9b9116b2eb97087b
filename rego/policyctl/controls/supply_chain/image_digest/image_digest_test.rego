package policyctl.controls.supply_chain.image_digest_test

import data.policyctl.controls.supply_chain.image_digest as control
import data.policyctl.testing.images as make_image
import data.policyctl.testing.kubernetes as make

digest := "sha256:7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730"

test_an_image_with_a_digest_passes if {
	control.resources == {"Deployment/ml/scorer"} with input as running({"reference": "vllm@sha256:7d", "digest": digest})
	control.findings == set() with input as running({"reference": "vllm@sha256:7d", "digest": digest})
	control.undetermined == set() with input as running({"reference": "vllm@sha256:7d", "digest": digest})
}

test_a_tag_is_no_digest if {
	control.findings == {{
		"code": "no_digest",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer runs vllm/vllm-openai:v0.11.0, which names no digest",
		"path": ["spec", "template", "spec", "containers", 0, "image"],
	}} with input as running({"reference": "vllm/vllm-openai:v0.11.0", "tag": "v0.11.0"})
}

test_a_digest_that_is_none_does_not_pass if {
	every broken in ["", "sha256:", "sha256:7d86", "md5:7d865e959b2466918c9863afca942d0f", concat("", [digest, "0"]), substring(digest, 0, 70), upper(digest), null, 1, [digest]] {
		codes == {"no_digest"} with input as running({"reference": "vllm", "digest": broken})
	}
}

test_an_image_that_is_missing_or_malformed_is_a_finding if {
	every broken in [null, "", "vllm", {}, {"reference": ""}, {"reference": 1}, [{"digest": digest}]] {
		codes == {"no_image"} with input as running(broken)
	}
	codes == {"no_image"} with input as of([make.container({})])
	codes == {"no_image"} with input as of([make.container({"image_source": "missing"})])
}

test_an_image_that_a_runtime_chooses_is_undetermined if {
	document := of([make.container({"image_source": "runtime"})])
	control.findings == set() with input as document
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": ["spec", "template", "spec", "containers", 0],
		"reason": "the image of scorer comes from another object",
	}} with input as document
}

test_init_and_ephemeral_containers_are_looked_at if {
	every role in ["init", "ephemeral"] {
		codes == {"no_digest"} with input as of([make.container({"role": role, "image": {"reference": "busybox"}})])
	}
}

test_every_container_is_a_finding_of_its_own if {
	second := make.container({"name": "proxy", "path": ["spec", "containers", 1], "image": {"reference": "envoy"}})
	document := of([make.container({"image": {"reference": "vllm"}}), second])
	count(control.findings) == 2 with input as document
}

test_containers_that_cannot_be_read_do_not_pass if {
	every broken in [null, "scorer", {}, [null], [[]]] {
		count(control.undetermined) > 0 with input as of(broken)
		control.resources == {"Deployment/ml/scorer"} with input as of(broken)
	}
}

test_an_object_without_pods_is_not_looked_at if {
	control.resources == set() with input as make.object_of({"kind": "Service"}, {})
	control.undetermined == set() with input as make.object_of({"kind": "Service"}, {})
}

codes := {finding.code | some finding in control.findings}

running(image) := of([make.container({"image": image})])

of(containers) := make.object_of({"containers": containers, "pods": [make.pod({})]}, {})

test_a_stage_on_an_image_without_a_digest_is_a_finding if {
	control.findings == {{
		"code": "no_digest",
		"resource": "Dockerfile",
		"message": "stage prod stands on python:3.11, which names no digest",
		"path": ["instructions", 0, "image"],
	}} with input as make_image.dockerfile_of({"containers": [make_image.stage({"image": {"reference": "python:3.11"}})]})
}

test_a_stage_on_an_earlier_one_or_on_nothing_takes_no_image if {
	every source in ["stage", "scratch"] {
		document := make_image.dockerfile_of({"containers": [make_image.stage({"image_source": source})]})
		control.resources == {"Dockerfile"} with input as document
		codes == set() with input as document
		control.undetermined == set() with input as document
	}
}

test_an_image_that_is_built_or_comes_from_a_variable_is_undetermined if {
	every source in ["build", "elsewhere"] {
		document := make_image.service_of({"containers": [make_image.container({"image_source": source, "image": {"reference": "llm:1"}})]}, {})
		codes == set() with input as document
		count(control.undetermined) == 1 with input as document
	}
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_image",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer names no valid image",
		"path": ["spec", "template", "spec", "containers", 0, "image"],
	}} with input as running("")
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "compose.yaml/llm",
		"path": ["services", "llm"],
		"reason": "the image of llm comes from a variable without a default",
	}} with input as make_image.service_of({"containers": [make_image.container({"image_source": "elsewhere", "image": {"reference": "llm:1"}})]}, {})
	control.undetermined == {{
		"resource": "compose.yaml/llm",
		"path": ["services", "llm"],
		"reason": "the image of llm is built from a Dockerfile, which is judged by itself",
	}} with input as make_image.service_of({"containers": [make_image.container({"image_source": "build", "image": {"reference": "llm:1"}})]}, {})
}
