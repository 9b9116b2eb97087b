package policyctl.controls.security.no_secrets_in_environment_test

import data.policyctl.controls.security.no_secrets_in_environment as control
import data.policyctl.testing.terraform as make

test_settings_pass if {
	_status(_model({"LOG_LEVEL": "info", "MAX_TOKENS": "512", "SECRET_NAME": "scoring"}, {})) == "pass"
}

test_a_masked_value_fails if {
	plan := make.plan([_model({"FOO": ""}, {"masked": ["primary_container.0.environment.FOO"]})])
	control.findings == {{
		"code": "masked_value",
		"resource": "aws_sagemaker_model.m",
		"message": "an environment variable holds a secret (FOO)",
		"path": ["values", "primary_container", 0, "environment", "FOO"],
	}} with input as plan
}

test_a_masked_environment_fails if {
	_codes({"address": "aws_ecs_task_definition.t", "values": {"container_definitions": ""}, "masked": ["container_definitions"]}) == {"masked_value"}
}

test_a_text_whose_name_says_that_it_is_a_secret_fails if {
	_codes(_model({"HF_TOKEN": "abc"}, {})) == {"named_secret"}
	_codes({"address": "aws_ecs_task_definition.t", "values": {"container_definitions": `[{"environment": [{"name": "DB_PASSWORD", "value": "x"}]}]`}}) == {"named_secret"}
}

test_a_pointer_to_a_secret_passes if {
	every text in ["arn:aws:secretsmanager:eu-west-1:1:secret:x", "/run/secrets/token", "$TOKEN"] {
		_status(_model({"HF_TOKEN": text}, {})) == "pass"
	}
}

test_a_secret_from_a_store_passes if {
	_status({
		"address": "google_cloud_run_v2_service.s",
		"values": {"template": [{"containers": [{"env": [{
			"name": "HF_TOKEN",
			"value": "",
			"value_source": [{"secret_key_ref": [{"secret": "s"}]}],
		}]}]}]},
	}) == "pass"
}

test_a_secret_without_a_text_is_undetermined if {
	every value in ["", null, 5, ["x"]] {
		_status(_model({"HF_TOKEN": value}, {})) == "undetermined"
	}
}

test_a_secret_known_after_apply_is_undetermined if {
	_status(_model({}, {"unknown": ["primary_container.0.environment.HF_TOKEN"]})) == "undetermined"
	_status(_model({}, {"unknown": ["primary_container.0.environment.HF_HOME"]})) == "pass"
}

test_the_address_of_a_stored_secret_passes if {
	_status_of([
		_model({}, {
			"unknown": ["primary_container.0.environment.HF_TOKEN"],
			"references": {"primary_container.environment": ["aws_secretsmanager_secret.s.arn"]},
		}),
		{"address": "aws_secretsmanager_secret.s"},
	]) == "pass"
}

test_the_content_of_a_stored_secret_fails if {
	_status_of([
		_model({}, {
			"unknown": ["primary_container.0.environment.HF_TOKEN"],
			"references": {"primary_container.environment": ["aws_secretsmanager_secret_version.s.secret_string"]},
		}),
		{"address": "aws_secretsmanager_secret_version.s"},
	]) == "fail"
}

test_an_address_among_other_sources_is_undetermined if {
	_status_of([
		_model({}, {
			"unknown": ["primary_container.0.environment.HF_TOKEN"],
			"references": {"primary_container.environment": ["aws_secretsmanager_secret.s.arn", "local.token"]},
		}),
		{"address": "aws_secretsmanager_secret.s"},
	]) == "undetermined"
}

test_an_environment_that_is_not_shown_is_undetermined if {
	_status({"address": "aws_ecs_task_definition.t", "unknown": ["container_definitions"]}) == "undetermined"
	_status({"address": "aws_ecs_task_definition.t"}) == "undetermined"
}

test_without_the_list_of_what_is_masked_nothing_is_determined if {
	plan := make.plan([_model({"FOO": ""}, {"masked": ["primary_container.0.environment.FOO"]})])
	every list in ["masked", "unknown"] {
		path := sprintf("/facts/resources/aws_sagemaker_model/0/%s", [list])
		count(control.undetermined) > 0 with input as json.patch(plan, [{"op": "remove", "path": path}])
		count(control.undetermined) > 0 with input as json.patch(plan, [{"op": "replace", "path": path, "value": null}])
	}
}

test_each_provider_is_looked_at if {
	every address in ["aws_sagemaker_model.m", "azurerm_container_group.g", "google_vertex_ai_reasoning_engine.e"] {
		control.resources == {address} with input as make.plan([{"address": address}])
	}
	_codes({"address": "azurerm_container_group.g", "values": {
		"container": [{"environment_variables": {"OPENAI_API_KEY": "x"}}],
		"init_container": [],
	}}) == {"named_secret"}
	_codes({"address": "google_vertex_ai_reasoning_engine.e", "values": {"spec": [{"deployment_spec": [{"env": [{
		"name": "API_KEY",
		"value": "x",
	}]}]}]}}) == {"named_secret"}
}

test_a_deleted_model_is_not_looked_at if {
	control.resources == set() with input as make.plan([{"address": "aws_sagemaker_model.m", "action": "delete"}])
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "masked_value",
		"resource": "aws_ecs_task_definition.t",
		"message": "an environment variable holds a secret (all of them)",
		"path": ["values", "container_definitions"],
	}} with input as make.plan([{"address": "aws_ecs_task_definition.t", "values": {"container_definitions": ""}, "masked": ["container_definitions"]}])
	control.findings == {{
		"code": "copied_secret",
		"resource": "aws_sagemaker_model.m",
		"message": "an environment variable holds a secret (HF_TOKEN)",
		"path": ["values", "primary_container", 0, "environment", "HF_TOKEN"],
	}} with input as make.plan([
		_model({}, {
			"unknown": ["primary_container.0.environment.HF_TOKEN"],
			"references": {"primary_container.environment": ["aws_secretsmanager_secret_version.s.secret_string"]},
		}),
		{"address": "aws_secretsmanager_secret_version.s"},
	])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "aws_sagemaker_model.m",
		"path": ["values"],
		"reason": "what is masked or known after apply is not told",
	}} with input as json.patch(make.plan([_model({"FOO": ""}, {"masked": ["primary_container.0.environment.FOO"]})]), [{"op": "remove", "path": sprintf("/facts/resources/aws_sagemaker_model/0/%s", ["masked"])}])
	control.undetermined == {{
		"resource": "aws_ecs_task_definition.t",
		"path": ["values", "container_definitions"],
		"reason": "the environment is not shown by this plan",
	}} with input as make.plan([{"address": "aws_ecs_task_definition.t"}])
	control.undetermined == {{
		"resource": "aws_sagemaker_model.m",
		"path": ["values", "primary_container", 0, "environment", "HF_TOKEN"],
		"reason": "where its value comes from is not shown",
	}} with input as make.plan([_model({"HF_TOKEN": 5}, {})])
	control.undetermined == {{
		"resource": "aws_sagemaker_model.m",
		"path": ["values", "primary_container", 0, "environment", "HF_TOKEN"],
		"reason": "whether it holds a secret is not known",
	}} with input as make.plan([_model({}, {"unknown": ["primary_container.0.environment.HF_TOKEN"]})])
	control.undetermined == {{
		"resource": "aws_sagemaker_model.m",
		"path": ["values", "primary_container", 0, "environment", "HF_TOKEN"],
		"reason": "whether it holds a secret is not known",
	}} with input as make.plan([
		_model({}, {
			"unknown": ["primary_container.0.environment.HF_TOKEN"],
			"references": {"primary_container.environment": ["aws_secretsmanager_secret_version.s.secret_string"]},
		}),
		{"address": "aws_secretsmanager_secret_version.s"},
	])
}

test_the_content_of_every_store_is_a_copied_secret if {
	every type, attributes in {
		"aws_secretsmanager_secret_version": ["secret_string", "secret_binary"],
		"aws_ssm_parameter": ["value", "insecure_value"],
		"azurerm_key_vault_secret": ["value"],
		"google_secret_manager_secret_version": ["secret_data"],
		"random_password": ["result"],
	} {
		every attribute in attributes {
			plan := _taken_from(type, [attribute])
			{f.code | some f in control.findings} == {"copied_secret"} with input as plan
		}
	}
}

test_a_secret_that_is_copied_under_another_name_is_undetermined if {
	plan := _under_another_name("aws_secretsmanager_secret_version", "secret_string")
	control.findings == set() with input as plan
	control.undetermined == {{
		"resource": "aws_sagemaker_model.m",
		"path": ["values", "primary_container", "environment"],
		"reason": "a stored secret is copied, and the plan does not show into which variable",
	}} with input as plan
}

test_what_is_no_content_of_a_secret_may_have_another_name if {
	every type, attribute in {"aws_secretsmanager_secret_version": "arn", "aws_ssm_parameter": "value"} {
		control.undetermined == set() with input as _under_another_name(type, attribute)
	}
}

_under_another_name(type, attribute) := make.plan([
	_model({}, {
		"unknown": ["primary_container.0.environment.DATABASE_URL"],
		"references": {"primary_container.environment": [sprintf("%s.s.%s", [type, attribute])]},
	}),
	{"address": sprintf("%s.s", [type])},
])

test_the_address_in_every_store_is_no_secret if {
	every type, attributes in {
		"aws_secretsmanager_secret": ["arn", "id", "name"],
		"aws_secretsmanager_secret_version": ["arn"],
		"aws_ssm_parameter": ["arn", "id", "name"],
		"azurerm_key_vault_secret": ["id", "name", "resource_id", "resource_versionless_id", "versionless_id"],
		"google_secret_manager_secret": ["id", "name", "secret_id"],
		"google_secret_manager_secret_version": ["id", "name"],
	} {
		every attribute in attributes {
			plan := _taken_from(type, [attribute])
			control.findings == set() with input as plan
			control.undetermined == set() with input as plan
		}
	}
}

test_an_address_beside_something_else_is_not_told if {
	plan := _taken_from("aws_ssm_parameter", ["arn", "tier"])
	control.findings == set() with input as plan
	count(control.undetermined) == 1 with input as plan
}

_taken_from(type, attributes) := make.plan([
	_model({}, {
		"unknown": ["primary_container.0.environment.HF_TOKEN"],
		"references": {"primary_container.environment": [sprintf("%s.s.%s", [type, attribute]) | some attribute in attributes]},
	}),
	{"address": sprintf("%s.s", [type])},
])

_model(environment, changes) := object.union(
	{"address": "aws_sagemaker_model.m", "values": {"container": [], "primary_container": [{"environment": environment}]}},
	changes,
)

_codes(resource) := {f.code | some f in control.findings with input as make.plan([resource])}

_status(resource) := _status_of([resource])

_status_of(resources) := status if {
	plan := make.plan(resources)
	failing := count(control.findings) with input as plan
	untold := count(control.undetermined) with input as plan
	status := _named(failing, untold)
}

_named(failing, untold) := "fail" if {
	failing > 0
} else := "undetermined" if {
	untold > 0
} else := "pass"
