package policyctl.controls.supply_chain.model_image_pinned_test

import data.policyctl.controls.supply_chain.model_image_pinned as control
import data.policyctl.testing.terraform

test_an_image_named_by_its_digest_passes if {
	found := decided([serving(pinned)])
	found.resources == {"aws_sagemaker_model.a"}
	clean(found)
	clean(decided([serving(concat("", ["docker.io/team/scoring:1.0@", digest]))]))
}

test_a_digest_that_is_cut_short_is_none if {
	codes([serving(trim_suffix(pinned, "0"))]) == {"floating_tag"}
}

test_a_floating_tag_or_none_fails if {
	every image in ["x:latest", "x:Stable", "x", "docker.io/team/x", "localhost:5000/x", ecr_image("latest")] {
		codes([serving(image), repository({})]) == {"floating_tag"}
	}
}

test_a_container_without_an_image_fails if {
	every image in ["", null, 7, ["x:1.0"]] {
		codes([serving(image)]) == {"no_image"}
	}
	codes([{"address": "aws_sagemaker_model.a"}]) == {"no_image"}
	codes([model({"primary_container": [], "container": null})]) == {"no_image"}
	codes([model({"primary_container": {"image": pinned}, "container": "x"})]) == set()
}

test_a_model_package_brings_its_image if {
	package_arn := "arn:aws:sagemaker:eu-west-1:1:model-package/a/1"
	clean(decided([model({"primary_container": [{"model_package_name": package_arn}]})]))
	hidden := object.union(model({"primary_container": [{}]}), {"unknown": ["primary_container.0.model_package_name"]})
	codes([hidden]) == set()
	undetermined([hidden]) == {["primary_container", "model_package_name"]}
}

test_each_container_of_a_pipeline_is_looked_at if {
	codes([model({"container": [{"image": pinned}, {"image": "x:latest"}]})]) == {"floating_tag"}
	{f.path | some f in decided([model({"container": [{"image": pinned}, {"image": "x:latest"}]})]).findings} == {[
		"values",
		"container", 1, "image",
	]}
	clean(decided([model({"container": [{"image": pinned}]})]))
}

test_a_fixed_tag_in_an_immutable_repository_of_the_plan_passes if {
	clean(decided([serving(ecr_image("1.0.0")), repository({})]))
	clean(decided([serving(ecr_image("1.0.0")), repository({"registry_id": "111122223333"})]))
}

test_a_fixed_tag_in_a_mutable_repository_of_the_plan_fails if {
	codes([serving(ecr_image("1.0.0")), repository({"image_tag_mutability": "MUTABLE"})]) == {"mutable_tag"}
	codes([serving(ecr_image("1.0.0")), repository({"image_tag_mutability": null})]) == {"mutable_tag"}
}

test_a_fixed_tag_in_a_repository_that_the_plan_does_not_show_is_undetermined if {
	undetermined([serving(ecr_image("1.0.0"))]) == {["primary_container", "image"]}
	undetermined([serving("docker.io/team/x:1.0.0")]) == {["primary_container", "image"]}
	every other in [{"registry_id": "999988887777"}, {"name": "models/other"}, {"name": 7}] {
		undetermined([serving(ecr_image("1.0.0")), repository(other)]) == {["primary_container", "image"]}
	}
	elsewhere := object.union(repository({}), {"region": "us-east-1"})
	undetermined([serving(ecr_image("1.0.0")), elsewhere]) == {["primary_container", "image"]}
	hidden := object.union(repository({}), {"unknown": ["image_tag_mutability"]})
	undetermined([serving(ecr_image("1.0.0")), hidden]) == {["primary_container", "image"]}
}

test_a_repository_is_not_the_image_s_where_the_model_s_role_is_of_another_account if {
	model_of_another := object.union(serving(ecr_image("1.0.0")), role_of("999988887777"))
	undetermined([model_of_another, repository({})]) == {["primary_container", "image"]}
	clean(decided([object.union(serving(ecr_image("1.0.0")), role_of("111122223333")), repository({})]))
}

test_what_is_known_only_after_apply_is_undetermined if {
	every state in ["unknown", "masked"] {
		codes([{"address": "aws_sagemaker_model.a", state: ["primary_container"]}]) == set()
		["primary_container", "image"] in undetermined([{"address": "aws_sagemaker_model.a", state: ["primary_container"]}])
	}
	hidden := object.union(model({"primary_container": [{"image": pinned}]}), {"unknown": ["container"]})
	["container", "image"] in undetermined([hidden])
}

test_a_file_in_a_bucket_of_the_plan_passes if {
	bucket := {"address": "aws_s3_bucket.a", "values": {"bucket": "models"}}
	clean(decided([bucket, file("s3://models/1/model.tar.gz")]))
	unnamed := [{"address": "aws_s3_bucket.a"}, file("s3://models/1/model.tar.gz")]
	undetermined(unnamed) == {["primary_container", "model_data_url"]}
	unknown := object.union(file(null), {
		"unknown": ["primary_container.0.model_data_url"],
		"references": {"primary_container.model_data_url": ["aws_s3_bucket.a.bucket"]},
	})
	clean(decided([bucket, unknown]))
	clean(decided([
		{"address": "aws_s3_bucket.a"},
		object.union(file("s3://models/x"), {"references": {"primary_container.model_data_url": ["aws_s3_bucket.a.bucket"]}}),
	]))
}

test_a_file_in_a_bucket_that_carries_the_role_s_account_passes if {
	named := object.union(file("s3://models-111122223333/x"), role_of("111122223333"))
	clean(decided([named]))
	undetermined([object.union(named, role_of("999988887777"))]) == {["primary_container", "model_data_url"]}
	undetermined([object.union(named, {"values": {"execution_role_arn": "a:b:c:d:e"}})]) == {[
		"primary_container",
		"model_data_url",
	]}
}

test_the_boundary_of_a_role_of_the_plan_tells_its_account if {
	role := {
		"address": "aws_iam_role.a",
		"values": {"permissions_boundary": "arn:aws:iam::111122223333:policy/b"},
	}
	named := object.union(file("s3://models-111122223333/x"), {
		"unknown": ["execution_role_arn"],
		"references": {"execution_role_arn": ["aws_iam_role.a.arn"]},
	})
	clean(decided([role, named]))
	undetermined([{"address": "aws_iam_role.a"}, named]) == {["primary_container", "model_data_url"]}
}

test_a_file_from_elsewhere_fails_where_the_profile_names_the_own_buckets if {
	allowed := {"own_buckets": ["models", "more"]}
	{f.code | some f in decided_for([file("s3://theirs/x")], allowed).findings} == {"foreign_artefact"}
	{f.code | some f in decided_for([file("https://example.org/x")], allowed).findings} == {"foreign_artefact"}
	clean(decided_for([file("s3://more/x")], allowed))
}

test_a_file_known_only_after_apply_is_undetermined if {
	hidden := object.union(file(null), {"unknown": ["primary_container.0.model_data_url"]})
	undetermined([hidden]) == {["primary_container", "model_data_url"]}
}

test_a_vertex_deployment_names_its_image_by_digest if {
	vertex := "google_vertex_ai_endpoint_with_model_garden_deployment.a"
	spec := {"model_config": [{"container_spec": [{"image_uri": "us-docker.pkg.dev/p/r/x:latest"}]}]}
	codes([{"address": vertex, "values": spec}]) == {"floating_tag"}
	clean(decided([{"address": vertex, "values": {"model_config": [{"container_spec": [{"image_uri": pinned}]}]}}]))
	codes([{"address": vertex}]) == set()
	undetermined([{"address": vertex}]) == {["model_config", "container_spec", "image_uri"]}
}

test_a_deleted_model_is_not_looked_at if {
	found := decided([object.union(serving("x"), {"action": "delete"})])
	found.resources == set()
	clean(found)
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_image",
		"resource": "aws_sagemaker_model.a",
		"message": "the container names no image: 7",
		"path": ["values", "primary_container", 0, "image"],
	}} with input as terraform.plan_for([serving(7)], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{},
	)}})
	control.findings == set() with input as terraform.plan_for([{"address": "aws_s3_bucket.a"}, file("s3://models/1/model.tar.gz")], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{},
	)}})
	control.findings == {{
		"code": "floating_tag",
		"resource": "aws_sagemaker_model.a",
		"message": "the image is named by a tag that is meant to move: x",
		"path": ["values", "primary_container", 0, "image"],
	}} with input as terraform.plan_for([serving("x"), repository({})], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{},
	)}})
	control.findings == {{
		"code": "mutable_tag",
		"resource": "aws_sagemaker_model.a",
		"message": sprintf("the image is named by a tag, and its repository lets tags be moved: %s", [ecr_image("1.0.0")]),
		"path": ["values", "primary_container", 0, "image"],
	}} with input as terraform.plan_for([serving(ecr_image("1.0.0")), repository({"image_tag_mutability": null})], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{},
	)}})
	control.findings == {{
		"code": "foreign_artefact",
		"resource": "aws_sagemaker_model.a",
		"message": "the model's file comes from a bucket that is not the organisation's own: s3://theirs/x",
		"path": ["values", "primary_container", 0, "model_data_url"],
	}} with input as terraform.plan_for([file("s3://theirs/x")], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{"own_buckets": ["models", "more"]},
	)}})
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {
		{
			"resource": "aws_sagemaker_model.a",
			"path": ["values", "container", 0, "image"],
			"reason": "the image is known only after apply",
		},
		{
			"resource": "aws_sagemaker_model.a",
			"path": ["values", "container", 0, "model_data_source", 0, "s3_data_source", 0, "s3_uri"],
			"reason": "where the model's file comes from is known only after apply",
		},
		{
			"resource": "aws_sagemaker_model.a",
			"path": ["values", "container", 0, "model_data_url"],
			"reason": "where the model's file comes from is known only after apply",
		},
	} with input as terraform.plan_for([object.union(model({"primary_container": [{"image": pinned}]}), {"unknown": ["container"]})], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{},
	)}})
	control.undetermined == set() with input as terraform.plan_for([serving("x"), repository({})], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{},
	)}})
	control.undetermined == set() with input as terraform.plan_for([file("s3://theirs/x")], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{"own_buckets": ["models", "more"]},
	)}})
	control.undetermined == set() with input as terraform.plan_for([serving(ecr_image("1.0.0")), repository({"image_tag_mutability": null})], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{},
	)}})
	control.undetermined == {{
		"resource": "aws_sagemaker_model.a",
		"path": ["values", "primary_container", 0, "image"],
		"reason": "the image is named by a tag, and whether that can be moved is not in the plan",
	}} with input as terraform.plan_for([serving(ecr_image("1.0.0"))], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{},
	)}})
	control.undetermined == {{
		"resource": "aws_sagemaker_model.a",
		"path": ["values", "primary_container", 0, "model_data_url"],
		"reason": "whose bucket the model's file comes from is not in the plan",
	}} with input as terraform.plan_for([{"address": "aws_s3_bucket.a"}, file("s3://models/1/model.tar.gz")], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{},
	)}})
	control.undetermined == {{
		"resource": "aws_sagemaker_model.a",
		"path": ["values", "primary_container", 0, "model_package_name"],
		"reason": "which model package brings the image is known only after apply",
	}} with input as terraform.plan_for([object.union(model({"primary_container": [{}]}), {"unknown": ["primary_container.0.model_package_name"]})], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{},
	)}})
	control.undetermined == {{
		"resource": "google_vertex_ai_endpoint_with_model_garden_deployment.a",
		"path": ["values", "model_config", 0, "container_spec", 0, "image_uri"],
		"reason": "which image serves the model is the publisher's choice",
	}} with input as terraform.plan_for([{"address": "google_vertex_ai_endpoint_with_model_garden_deployment.a"}], {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		{},
	)}})
}

digest := concat("", ["sha256:", concat("", ["0" | some _ in numbers.range(1, 64)])])

pinned := concat("", ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/models/scoring@", digest])

ecr_image(tag) := concat(":", ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/models/scoring", tag])

model(values) := {"address": "aws_sagemaker_model.a", "values": values}

serving(image) := model({"primary_container": [{"image": image}]})

file(url) := model({"primary_container": [{"image": pinned, "model_data_url": url}]})

role_of(account) := {"values": {"execution_role_arn": sprintf("arn:aws:iam::%s:role/x", [account])}}

repository(changes) := {
	"address": "aws_ecr_repository.a",
	"values": object.union({"name": "models/scoring", "image_tag_mutability": "IMMUTABLE"}, changes),
}

clean(found) if {
	found.findings == set()
	found.undetermined == set()
}

codes(resources) := {f.code | some f in decided(resources).findings}

# Paths without "values" and indexes.
undetermined(resources) := {[step | some step in u.path; is_string(step); step != "values"] |
	some u in decided(resources).undetermined
}

decided(resources) := decided_for(resources, {})

decided_for(resources, changes) := answer if {
	answer := {
		"resources": control.resources,
		"findings": control.findings,
		"undetermined": control.undetermined,
	} with input as terraform.plan_for(resources, {"supply_chain": {"model_image_pinned": object.union(
		{"floating_tags": ["latest", "stable"], "own_buckets": []},
		changes,
	)}})
}
