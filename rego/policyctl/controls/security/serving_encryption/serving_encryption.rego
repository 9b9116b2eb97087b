# METADATA
# scope: package
# description: |
#   Data of AI resources is encrypted at rest with a key of the organisation's own. Attribute names are those of hashicorp/aws 5.100,
#   hashicorp/azurerm 4 and 5, hashicorp/google 6 to 8.
package policyctl.controls.security.serving_encryption

import data.policyctl.lib.required
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains resource.address if some [resource, _] in _judged

# METADATA
# description: A setting is known not to be good, or nobody sets it.
findings contains required.finding(resource, rule) if {
	some [resource, rule] in _judged
	required.verdict(resource, rule) == "no"
}

# METADATA
# description: The key named is one that the provider manages for all its customers.
findings contains finding if {
	some [resource, rule] in _judged
	some place in terraform.places(resource, rule.any[0].path)
	terraform.state(resource, place) == "known"
	_of_the_provider(terraform.value(resource, place))

	finding := {
		"code": "provider_key",
		"resource": resource.address,
		"message": sprintf("the key named is managed by the provider, not by a customer%s", [settings.told(resource, place)]),
		"path": settings.place(place),
	}
}

# METADATA
# description: A setting is masked or known only after apply.
undetermined contains required.entry(resource, rule) if {
	some [resource, rule] in _judged
	required.verdict(resource, rule) == "untold"
}

_judged := [[resource, rule] |
	some type, rules in _required
	some resource in terraform.planned(type)
	some rule in rules
]

# A switch that is no text may stand where others have their key.
_of_the_provider(key) if {
	is_string(key)
	startswith(key, "alias/aws/")
}

_of_the_provider(key) if {
	is_string(key)
	contains(key, ":alias/aws/")
}

_required := {
	"aws_sagemaker_endpoint_configuration": [_key("kms_key_arn")],
	"aws_sagemaker_notebook_instance": [_key("kms_key_id")],
	"aws_sagemaker_domain": [_key("kms_key_id")],
	"aws_sagemaker_feature_group": [
		_key_within("online_store_config", "online_store_config.security_config.kms_key_id"),
		_key_within("offline_store_config", "offline_store_config.s3_storage_config.kms_key_id"),
	],
	"aws_sagemaker_data_quality_job_definition": [
		_key("job_resources.cluster_config.volume_kms_key_id"),
		_key("data_quality_job_output_config.kms_key_id"),
	],
	"aws_sagemaker_flow_definition": [_key("output_config.kms_key_id")],
	"aws_bedrock_custom_model": [_key("custom_model_kms_key_id")],
	"aws_bedrock_guardrail": [_key("kms_key_arn")],
	"aws_bedrockagent_agent": [_key("customer_encryption_key_arn")],
	"aws_bedrockagent_prompt": [_key("customer_encryption_key_arn")],
	"aws_kendra_index": [_key("server_side_encryption_configuration.kms_key_id")],
	"aws_qbusiness_application": [_key("encryption_configuration.kms_key_id")],
	"aws_comprehend_document_classifier": [_key("model_kms_key_id"), _key("volume_kms_key_id")],
	"aws_comprehend_entity_recognizer": [_key("model_kms_key_id"), _key("volume_kms_key_id")],
	"azurerm_machine_learning_workspace": [_key("encryption.key_id")],
	"azurerm_ai_foundry": [_key("encryption.key_id")],
	"azurerm_cognitive_account": [_either([
		_named("customer_managed_key.key_vault_key_id"),
		object.union(
			_named("key_vault_key_id"),
			{"via": "azurerm_cognitive_account_customer_managed_key", "at": "cognitive_account_id"},
		),
	])],
	"azurerm_ai_services": [_either([
		_named("customer_managed_key.key_vault_key_id"),
		_named("customer_managed_key.managed_hsm_key_id"),
	])],
	"azurerm_databricks_workspace": [_key("managed_services_cmk_key_vault_key_id")],
	"azurerm_bot_service_azure_bot": [_key("cmk_key_vault_key_url")],
	"azurerm_search_service": [_either([{"path": "customer_managed_key_enforcement_enabled", "values": {true}}])],
	"google_vertex_ai_dataset": [_key("encryption_spec.kms_key_name")],
	"google_vertex_ai_endpoint": [_key("encryption_spec.kms_key_name")],
	"google_vertex_ai_feature_online_store": [_key("encryption_spec.kms_key_name")],
	"google_vertex_ai_featurestore": [_key("encryption_spec.kms_key_name")],
	"google_vertex_ai_index": [_key("encryption_spec.kms_key_name")],
	"google_vertex_ai_index_endpoint": [_key("encryption_spec.kms_key_name")],
	"google_vertex_ai_metadata_store": [_key("encryption_spec.kms_key_name")],
	"google_vertex_ai_persistent_resource": [_key("encryption_spec.kms_key_name")],
	"google_vertex_ai_reasoning_engine": [_key("encryption_spec.kms_key_name")],
	"google_vertex_ai_tensorboard": [_key("encryption_spec.kms_key_name")],
	"google_colab_runtime_template": [_key("encryption_spec.kms_key_name")],
	"google_discovery_engine_data_store": [_key("kms_key_name")],
	"google_document_ai_processor": [_key("kms_key_name")],
	"google_workbench_instance": [
		_key("gce_setup.boot_disk.kms_key"),
		_with_the_key("gce_setup.boot_disk.disk_encryption"),
	],
	"google_notebooks_instance": [_key("kms_key"), _with_the_key("disk_encryption")],
	"google_notebooks_runtime": [_key("virtual_machine.virtual_machine_config.encryption_config.kms_key")],
}

_key(path) := _either([_named(path)])

_key_within(block, path) := object.union(_key(path), {"within": block})

_named(path) := {"path": path, "text": true, "origins": _keys}

_either(alternatives) := {
	"code": "no_key",
	"message": "data at rest is not encrypted with a customer-managed key",
	"any": alternatives,
}

# A key alone is not used: the disk must be told to use it.
_with_the_key(path) := {
	"code": "key_not_used",
	"message": "the disk is not set to be encrypted with the customer-managed key",
	"any": [{"path": path, "values": {"CMEK"}}],
}

_keys := {
	"aws_kms_alias",
	"aws_kms_external_key",
	"aws_kms_key",
	"aws_kms_replica_key",
	"azurerm_key_vault_key",
	"azurerm_key_vault_managed_hardware_security_module_key",
	"google_kms_crypto_key",
	"google_kms_crypto_key_version",
}
