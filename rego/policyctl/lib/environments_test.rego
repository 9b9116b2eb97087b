package policyctl.lib.environments_test

import data.policyctl.lib.environments
import data.policyctl.testing.terraform as make

test_the_variables_of_a_map_are_read if {
	_variables({
		"address": "aws_lambda_function.f",
		"values": {"environment": [{"variables": {"A": "1", "B": "", "C": null, "D": ""}}]},
		"masked": ["environment.0.variables.D"],
		"unknown": ["environment.0.variables.E"],
	}) == {
		["A", "1", "known", ["values", "environment", 0, "variables", "A"]],
		["B", "", "empty", ["values", "environment", 0, "variables", "B"]],
		["C", null, "null", ["values", "environment", 0, "variables", "C"]],
		["D", "", "masked", ["values", "environment", 0, "variables", "D"]],
		["E", "", "unknown", ["values", "environment", 0, "variables", "E"]],
	}
}

test_a_name_with_dots_is_one_name if {
	_variables({
		"address": "google_cloudfunctions_function.f",
		"values": {"environment_variables": {"a.b": ""}},
		"masked": ["environment_variables.a.b"],
	}) == {["a.b", "", "masked", ["values", "environment_variables", "a.b"]]}
}

test_the_variables_of_a_list_are_read if {
	_variables({
		"address": "google_cloud_run_v2_service.s",
		"values": {"template": [{"containers": [{"env": [{"name": "A", "value": "1"}, {"name": "B", "value": ""}, {"value": "x"}, "y"]}]}]},
		"masked": ["template.0.containers.0.env.1.value"],
	}) == {
		["A", "1", "known", ["values", "template", 0, "containers", 0, "env", 0, "value"]],
		["B", "", "masked", ["values", "template", 0, "containers", 0, "env", 1, "value"]],
	}
}

test_a_value_from_a_store_is_told if {
	every source in [{"secret_name": "s"}, {"value_source": [{"secret_key_ref": []}]}] {
		plan := make.plan([{
			"address": "azurerm_container_app.a",
			"values": {"template": [{"container": [{"env": [object.union({"name": "TOKEN"}, source)]}]}]},
		}])
		{v.elsewhere | some v in environments.variables} == {true} with input as plan
	}
	plan := make.plan([{
		"address": "azurerm_container_app.a",
		"values": {"template": [{"container": [{"env": [{"name": "TOKEN", "secret_name": ""}]}]}]},
	}])
	{v.elsewhere | some v in environments.variables} == {false} with input as plan
}

test_the_variables_of_a_json_text_are_read if {
	containers := json.marshal([{"name": "a", "environment": [{"name": "A", "value": "1"}, {"name": "B"}]}, {"name": "b"}])
	_variables({"address": "aws_ecs_task_definition.t", "values": {"container_definitions": containers}}) == {
		["A", "1", "known", ["values", "container_definitions", 0, "environment", 0, "value"]],
		["B", null, "null", ["values", "container_definitions", 0, "environment", 1, "value"]],
	}
	one := json.marshal({"environment": [{"name": "A", "value": ""}]})
	_variables({"address": "aws_batch_job_definition.j", "values": {"container_properties": one}}) == {["A", "", "empty", ["values", "container_properties", 0, "environment", 0, "value"]]}
}

test_what_is_masked_as_a_whole_is_told if {
	plan := make.plan([{"address": "aws_ecs_task_definition.t", "values": {"container_definitions": ""}, "masked": ["container_definitions"]}])
	environments.masked == {["aws_ecs_task_definition.t", ["values", "container_definitions"]]} with input as plan
	environments.unread == set() with input as plan
}

test_an_environment_that_is_said_to_be_empty_is_read if {
	every values in [
		{"environment": []},
		{"environment": null},
		{"environment": [{"variables": null}]},
		{"environment": [{"variables": {}}]},
	] {
		_unread({"address": "aws_lambda_function.f", "values": values}) == 0
	}
	_unread({"address": "aws_lambda_function.f", "computed": ["environment.0.variables"], "values": {"environment": [{}]}}) == 0
	_unread({"address": "aws_ecs_task_definition.t", "values": {"container_definitions": `[{"environment": null}, {}]`}}) == 0
}

test_an_environment_that_is_not_shown_is_not_read if {
	every values in [{}, {"environment": "x"}, {"environment": [{}]}, {"environment": [{"variables": "x"}]}, {"environment": [{"variables": ""}]}, {"environment": [{"variables": ["x"]}]}] {
		_unread({"address": "aws_lambda_function.f", "values": values}) == 1
	}
	_unread({"address": "aws_lambda_function.f", "unknown": ["environment"]}) == 1
	every text in ["x", "1", "[1]", `[{"environment": 1}]`, `[{"environment": [{"value": "x"}]}]`, 5] {
		_unread({"address": "aws_ecs_task_definition.t", "values": {"container_definitions": text}}) == 1
	}
	_unread({"address": "google_colab_runtime_template.t", "values": {"software_config": [{"env": [{"value": "x"}]}]}}) == 1
	_unread({"address": "google_colab_runtime_template.t", "values": {"software_config": [{"env": "x"}]}}) == 1
}

test_sources_are_those_of_the_whole_map if {
	plan := make.plan([
		{
			"address": "aws_lambda_function.f",
			"unknown": ["environment.0.variables.T"],
			"values": {"environment": [{"variables": {}}]},
			"references": {"environment.variables": ["aws_secretsmanager_secret.s.arn"]},
		},
		{"address": "aws_secretsmanager_secret.s"},
	])
	some variable in environments.variables with input as plan
	variable.name == "T"
	{source.attribute | some source in variable.sources} == {"arn"}
}

test_variables_are_read_without_references if {
	plan := make.plan([{"address": "aws_lambda_function.f", "values": {"environment": [{"variables": {"A": "1"}}]}}])
	every patch in [
		{"op": "remove", "path": "/facts/resources/aws_lambda_function/0/references"},
		{"op": "replace", "path": "/facts/resources/aws_lambda_function/0/references", "value": null},
	] {
		{v.sources | some v in environments.variables} == {[]} with input as json.patch(plan, [patch])
	}
}

test_items_that_are_no_variables_are_not_read if {
	every env in [["x"], [{"name": 5}], [null]] {
		_unread({"address": "google_colab_runtime_template.t", "values": {"software_config": [{"env": env}]}}) == 1
	}
	_unread({"address": "google_colab_runtime_template.t", "values": {"software_config": [{"env": [{"name": "A"}]}]}}) == 0
}

test_resources_are_those_that_may_have_variables if {
	plan := make.plan([{"address": "aws_lambda_function.f"}, {"address": "aws_s3_bucket.b"}, {"address": "aws_lambda_function.g", "action": "delete"}])
	{r.address | some r in environments.resources} == {"aws_lambda_function.f"} with input as plan
}

_variables(resource) := {[v.name, v.value, v.state, v.path] |
	some v in environments.variables with input as make.plan([resource])
	v.resource == resource.address
}

test_a_block_that_only_a_dynamic_one_can_make_is_unread if {
	_unread({"address": "aws_lambda_function.f", "computed": ["environment"]}) == 1
	_unread({"address": "aws_sagemaker_model.m", "computed": ["container"], "values": {"primary_container": []}}) == 1
	_unread({
		"address": "google_cloud_run_v2_job.j",
		"computed": ["template.0.template.0.containers.0.env"],
		"values": {"template": [{"template": [{"containers": [{}]}]}]},
	}) == 1
}

_unread(resource) := number if {
	number := count(environments.unread) with input as make.plan([resource])
}

test_what_is_handed_over_is_told_whether_a_variable_shows_or_not if {
	every values in [{}, {"template": null}, {"template": [{"containers": [{"env": [{"name": "A"}]}]}]}] {
		service := {
			"address": "google_cloud_run_v2_service.s",
			"values": values,
			"references": {"template.containers.env.value": ["google_secret_manager_secret_version.v.secret_data"]},
		}
		plan := make.plan([service, {"address": "google_secret_manager_secret_version.v"}])
		{[address, path, source.attribute] | some [address, path, source] in environments.handed} == {[
			"google_cloud_run_v2_service.s",
			["values", "template", "containers", "env"],
			"secret_data",
		]} with input as plan
	}
	function := {
		"address": "aws_lambda_function.f",
		"values": {},
		"references": {"environment.variables": ["random_password.p.result"]},
	}
	count(environments.handed) == 1 with input as make.plan([function, {"address": "random_password.p"}])
	environments.handed == set() with input as make.plan([object.remove(function, ["references"])])
}
