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
