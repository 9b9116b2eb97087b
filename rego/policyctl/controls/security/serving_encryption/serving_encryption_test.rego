package policyctl.controls.security.serving_encryption_test

import data.policyctl.controls.security.serving_encryption as control
import data.policyctl.testing.terraform as make

test_a_resource_of_each_type_with_a_key_passes if {
	document := _document({type: [_resource(_address(type), values)] | some type, values in _encrypted})
	control.findings == set() with input as document
	control.undetermined == set() with input as document
}

test_a_resource_of_each_type_is_looked_at if {
	document := _document({type: [_resource(_address(type), {})] | some type, _ in _encrypted})
	control.resources == {_address(type) | some type, _ in _encrypted} with input as document
}

test_a_resource_of_each_type_without_a_key_fails if {
	document := _document({type: [_resource(_address(type), {})] | some type, _ in _encrypted})
	{f.resource | some f in control.findings; f.code == "no_key"} == {_address(type) | some type, _ in _encrypted} with input as document
}

test_breaking_any_part_of_a_key_of_aws_fails if _breaking_fails("aws_")

test_breaking_any_part_of_a_key_of_azurerm_fails if _breaking_fails("azurerm_")

test_breaking_any_part_of_a_key_of_google_fails if _breaking_fails("google_")

test_a_key_that_only_the_provider_may_set_is_no_key if {
	_codes([{"address": "aws_sagemaker_endpoint_configuration.x", "computed": ["kms_key_arn"]}]) == {"no_key"}
}

test_a_key_of_the_provider_is_no_key_of_the_customer if {
	every key in ["alias/aws/sagemaker", "arn:aws:kms:eu-west-1:1:alias/aws/sagemaker"] {
		_codes([{"address": "aws_sagemaker_notebook_instance.x", "values": {"kms_key_id": key}}]) == {"provider_key"}
	}
	_codes([{"address": "aws_sagemaker_notebook_instance.x", "values": {"kms_key_id": "alias/awsome"}}]) == set()
}

test_a_key_known_after_apply_is_undetermined if {
	every state in ["unknown", "masked"] {
		resource := {"address": "aws_sagemaker_endpoint_configuration.x", state: ["kms_key_arn"]}
		_codes([resource]) == set()
		_untold([resource]) == 1
	}
}

test_a_key_created_by_the_same_plan_passes if {
	every address, path in {
		"aws_kms_key.k": {"aws_sagemaker_domain": "kms_key_id"},
		"azurerm_key_vault_key.k": {"azurerm_databricks_workspace": "managed_services_cmk_key_vault_key_id"},
		"google_kms_crypto_key.k": {"google_document_ai_processor": "kms_key_name"},
	} {
		some type, attribute in path
		plan := [
			{"address": _address(type), "unknown": [attribute], "references": {attribute: [concat(".", [address, "id"])]}},
			{"address": address},
		]
		_codes(plan) == set()
		_untold(plan) == 0
	}
}

test_a_nested_key_created_by_the_same_plan_passes if {
	plan := [
		{
			"address": "google_vertex_ai_dataset.x",
			"unknown": ["encryption_spec.0.kms_key_name"],
			"references": {"encryption_spec.kms_key_name": ["google_kms_crypto_key.k.id"]},
		},
		{"address": "google_kms_crypto_key.k"},
	]
	_codes(plan) == set()
	_untold(plan) == 0
}

test_a_key_that_this_plan_deletes_is_undetermined if {
	plan := [
		{
			"address": "aws_sagemaker_domain.x",
			"unknown": ["kms_key_id"],
			"references": {"kms_key_id": ["aws_kms_key.k.arn"]},
		},
		{"address": "aws_kms_key.k", "action": "delete"},
	]
	_untold(plan) == 1
}

test_another_resource_is_no_key if {
	plan := [
		{
			"address": "aws_sagemaker_domain.x",
			"unknown": ["kms_key_id"],
			"references": {"kms_key_id": ["aws_ssm_parameter.k.value"]},
		},
		{"address": "aws_ssm_parameter.k"},
	]
	_codes(plan) == set()
	_untold(plan) == 1
}

test_an_account_whose_key_is_a_resource_of_its_own_passes if {
	key := {
		"address": "azurerm_cognitive_account_customer_managed_key.k",
		"values": {"key_vault_key_id": "https://v/keys/k"},
		"references": {"cognitive_account_id": ["azurerm_cognitive_account.x.id"]},
	}
	_codes([{"address": "azurerm_cognitive_account.x"}, key]) == set()
	_untold([{"address": "azurerm_cognitive_account.x"}, key]) == 0
	_codes([{"address": "azurerm_cognitive_account.x"}, object.union(key, {"action": "delete"})]) == {"no_key"}
	_codes([{"address": "azurerm_cognitive_account.x"}, object.union(key, {"values": {"key_vault_key_id": ""}})]) == {"no_key"}
}

test_a_feature_group_needs_a_key_for_each_store_that_it_has if {
	group := {"address": "aws_sagemaker_feature_group.x"}
	with_key := [{"security_config": [{"kms_key_id": "k"}]}]
	_codes([object.union(group, {"values": {"online_store_config": with_key, "offline_store_config": []}})]) == set()
	_codes([object.union(group, {"values": {
		"online_store_config": with_key,
		"offline_store_config": [{"s3_storage_config": [{"kms_key_id": null}]}],
	}})]) == {"no_key"}
	_codes([object.union(group, {"values": {"online_store_config": [{"security_config": []}], "offline_store_config": []}})]) == {"no_key"}
}

test_a_disk_key_that_is_not_used_fails if {
	_codes([{"address": "google_notebooks_instance.x", "values": {"kms_key": "k", "disk_encryption": "GMEK"}}]) == {"key_not_used"}
}

test_a_deleted_endpoint_is_not_looked_at if {
	control.resources == set() with input as make.plan([{
		"address": "aws_sagemaker_endpoint_configuration.x",
		"action": "delete",
	}])
}

test_other_resources_are_not_looked_at if {
	control.resources == set() with input as make.plan([{"address": "aws_s3_bucket.x"}])
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "provider_key",
		"resource": "aws_sagemaker_notebook_instance.x",
		"message": "the key named is managed by the provider, not by a customer: alias/aws/sagemaker",
		"path": ["values", "kms_key_id"],
	}} with input as make.plan([{"address": "aws_sagemaker_notebook_instance.x", "values": {"kms_key_id": "alias/aws/sagemaker"}}])
	control.findings == {{
		"code": "no_key",
		"resource": "aws_sagemaker_endpoint_configuration.x",
		"message": "data at rest is not encrypted with a customer-managed key",
		"path": ["values", "kms_key_arn"],
	}} with input as make.plan([{"address": "aws_sagemaker_endpoint_configuration.x", "computed": ["kms_key_arn"]}])
	control.findings == {{
		"code": "key_not_used",
		"resource": "google_notebooks_instance.x",
		"message": "the disk is not set to be encrypted with the customer-managed key: GMEK",
		"path": ["values", "disk_encryption"],
	}} with input as make.plan([{"address": "google_notebooks_instance.x", "values": {"kms_key": "k", "disk_encryption": "GMEK"}}])
	{object.union(finding, {"message": split(finding.message, ":")[0]}) | some finding in control.findings} == {
		{
			"code": "no_key",
			"resource": "azurerm_bot_service_azure_bot.x0",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "cmk_key_vault_key_url"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_bot_service_azure_bot.x1",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "cmk_key_vault_key_url"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_bot_service_azure_bot.x2",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "cmk_key_vault_key_url"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_bot_service_azure_bot.x3",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "cmk_key_vault_key_url"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_ai_services.x0",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key", 0, "key_vault_key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_ai_services.x1",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key", 0, "key_vault_key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_ai_services.x2",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key", 0, "key_vault_key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_ai_services.x3",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key", 0, "key_vault_key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_cognitive_account.x0",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key", 0, "key_vault_key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_cognitive_account.x1",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key", 0, "key_vault_key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_cognitive_account.x2",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key", 0, "key_vault_key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_cognitive_account.x3",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key", 0, "key_vault_key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_search_service.x0",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key_enforcement_enabled"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_search_service.x1",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key_enforcement_enabled"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_search_service.x2",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key_enforcement_enabled"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_search_service.x3",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "customer_managed_key_enforcement_enabled"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_ai_foundry.x0",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "encryption", 0, "key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_ai_foundry.x1",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "encryption", 0, "key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_ai_foundry.x2",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "encryption", 0, "key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_ai_foundry.x3",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "encryption", 0, "key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_machine_learning_workspace.x0",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "encryption", 0, "key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_machine_learning_workspace.x1",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "encryption", 0, "key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_machine_learning_workspace.x2",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "encryption", 0, "key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_machine_learning_workspace.x3",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "encryption", 0, "key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_databricks_workspace.x0",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "managed_services_cmk_key_vault_key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_databricks_workspace.x1",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "managed_services_cmk_key_vault_key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_databricks_workspace.x2",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "managed_services_cmk_key_vault_key_id"],
		},
		{
			"code": "no_key",
			"resource": "azurerm_databricks_workspace.x3",
			"message": "data at rest is not encrypted with a customer-managed key",
			"path": ["values", "managed_services_cmk_key_vault_key_id"],
		},
	} with input as _document({type: [_resource(sprintf("%s.x%d", [type, number]), json.patch(values, patch)) |
		some number, patch in _patches(values)
	] |
		some type, values in _encrypted
		startswith(type, "azurerm_")
	})
}

test_a_switch_in_the_place_of_a_key_is_no_key_of_the_provider if {
	search := {"address": "azurerm_search_service.x", "values": {"customer_managed_key_enforcement_enabled": true}}
	_codes([search]) == set()
	_codes([object.union(search, {"values": {"customer_managed_key_enforcement_enabled": false}})]) == {"no_key"}
}

_breaking_fails(provider) if {
	broken := {type: [_resource(sprintf("%s.x%d", [type, number]), json.patch(values, patch)) |
		some number, patch in _patches(values)
	] |
		some type, values in _encrypted
		startswith(type, provider)
	}
	document := _document(broken)
	{f.resource | some f in control.findings} == {r.address | some listed in broken; some r in listed} with input as document
	count(broken) > 6
}

# Each leaf of the values, removed and replaced.
_patches(values) := [[patch] |
	walk(values, [path, leaf])
	not is_object(leaf)
	not is_array(leaf)
	pointer := concat("", [step | some key in path; step := sprintf("/%v", [key])])
	some patch in array.concat(
		[{"op": "remove", "path": pointer}],
		[{"op": "replace", "path": pointer, "value": value} | some value in [" ", 1, [leaf]]],
	)
]

_encrypted := {
	"aws_sagemaker_endpoint_configuration": {"kms_key_arn": "arn:aws:kms:eu-west-1:1:key/k"},
	"aws_sagemaker_notebook_instance": {"kms_key_id": "k"},
	"aws_sagemaker_domain": {"kms_key_id": "k"},
	"aws_sagemaker_feature_group": {
		"online_store_config": [{"security_config": [{"kms_key_id": "k"}]}],
		"offline_store_config": [{"s3_storage_config": [{"kms_key_id": "k"}]}],
	},
	"aws_sagemaker_data_quality_job_definition": {
		"job_resources": [{"cluster_config": [{"volume_kms_key_id": "k"}]}],
		"data_quality_job_output_config": [{"kms_key_id": "k"}],
	},
	"aws_sagemaker_flow_definition": {"output_config": [{"kms_key_id": "k"}]},
	"aws_bedrock_custom_model": {"custom_model_kms_key_id": "k"},
	"aws_bedrock_guardrail": {"kms_key_arn": "k"},
	"aws_bedrockagent_agent": {"customer_encryption_key_arn": "k"},
	"aws_bedrockagent_prompt": {"customer_encryption_key_arn": "k"},
	"aws_kendra_index": {"server_side_encryption_configuration": [{"kms_key_id": "k"}]},
	"aws_qbusiness_application": {"encryption_configuration": [{"kms_key_id": "k"}]},
	"aws_comprehend_document_classifier": {"model_kms_key_id": "k", "volume_kms_key_id": "k"},
	"aws_comprehend_entity_recognizer": {"model_kms_key_id": "k", "volume_kms_key_id": "k"},
	"azurerm_machine_learning_workspace": {"encryption": [{"key_id": "https://v/keys/k"}]},
	"azurerm_ai_foundry": {"encryption": [{"key_id": "https://v/keys/k"}]},
	"azurerm_cognitive_account": {"customer_managed_key": [{"key_vault_key_id": "https://v/keys/k"}]},
	"azurerm_ai_services": {"customer_managed_key": [{"managed_hsm_key_id": "https://v/keys/k"}]},
	"azurerm_databricks_workspace": {"managed_services_cmk_key_vault_key_id": "https://v/keys/k"},
	"azurerm_bot_service_azure_bot": {"cmk_key_vault_key_url": "https://v/keys/k"},
	"azurerm_search_service": {"customer_managed_key_enforcement_enabled": true},
	"google_vertex_ai_dataset": {"encryption_spec": [{"kms_key_name": "k"}]},
	"google_vertex_ai_endpoint": {"encryption_spec": [{"kms_key_name": "k"}]},
	"google_vertex_ai_feature_online_store": {"encryption_spec": [{"kms_key_name": "k"}]},
	"google_vertex_ai_featurestore": {"encryption_spec": [{"kms_key_name": "k"}]},
	"google_vertex_ai_index": {"encryption_spec": [{"kms_key_name": "k"}]},
	"google_vertex_ai_index_endpoint": {"encryption_spec": [{"kms_key_name": "k"}]},
	"google_vertex_ai_metadata_store": {"encryption_spec": [{"kms_key_name": "k"}]},
	"google_vertex_ai_persistent_resource": {"encryption_spec": [{"kms_key_name": "k"}]},
	"google_vertex_ai_reasoning_engine": {"encryption_spec": [{"kms_key_name": "k"}]},
	"google_vertex_ai_tensorboard": {"encryption_spec": [{"kms_key_name": "k"}]},
	"google_colab_runtime_template": {"encryption_spec": [{"kms_key_name": "k"}]},
	"google_discovery_engine_data_store": {"kms_key_name": "k"},
	"google_document_ai_processor": {"kms_key_name": "k"},
	"google_workbench_instance": {"gce_setup": [{"boot_disk": [{"kms_key": "k", "disk_encryption": "CMEK"}]}]},
	"google_notebooks_instance": {"kms_key": "k", "disk_encryption": "CMEK"},
	"google_notebooks_runtime": {"virtual_machine": [{"virtual_machine_config": [{"encryption_config": [{"kms_key": "k"}]}]}]},
}

_document(resources) := {"facts": {"resources": resources, "referenced_by": {}}}

_resource(address, values) := {
	"address": address,
	"mode": "managed",
	"action": "create",
	"values": values,
	"unknown": [],
	"computed": [],
	"masked": [],
	"references": {},
}

_address(type) := concat(".", [type, "x"])

_codes(plan) := {f.code | some f in control.findings with input as make.plan(plan)}

_untold(plan) := number if {
	number := count(control.undetermined) with input as make.plan(plan)
}
