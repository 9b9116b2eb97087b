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

_judged := array.concat(_keyed, [[resource, rule] |
	some type, rules in _others
	some resource in terraform.planned(type)
	some rule in rules
])

# The table is long and most plans hold few of its types: rules are made for these alone.
_keyed := [[resource, _key(path)] |
	some type, paths in _keys_at
	some resource in terraform.planned(type)
	some path in paths
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

_keys_at := {
	"aws_sagemaker_endpoint_configuration": ["kms_key_arn"],
	"aws_sagemaker_notebook_instance": ["kms_key_id"],
	"aws_sagemaker_domain": ["kms_key_id"],
	"aws_sagemaker_data_quality_job_definition": ["job_resources.cluster_config.volume_kms_key_id", "data_quality_job_output_config.kms_key_id"],
	"aws_sagemaker_flow_definition": ["output_config.kms_key_id"],
	"aws_bedrock_custom_model": ["custom_model_kms_key_id"],
	"aws_bedrock_guardrail": ["kms_key_arn"],
	"aws_bedrockagent_agent": ["customer_encryption_key_arn"],
	"aws_bedrockagent_prompt": ["customer_encryption_key_arn"],
	"aws_kendra_index": ["server_side_encryption_configuration.kms_key_id"],
	"aws_qbusiness_application": ["encryption_configuration.kms_key_id"],
	"aws_comprehend_document_classifier": ["model_kms_key_id", "volume_kms_key_id"],
	"aws_comprehend_entity_recognizer": ["model_kms_key_id", "volume_kms_key_id"],
	"azurerm_machine_learning_workspace": ["encryption.key_id"],
	"azurerm_ai_foundry": ["encryption.key_id"],
	"azurerm_databricks_workspace": ["managed_services_cmk_key_vault_key_id"],
	"azurerm_bot_service_azure_bot": ["cmk_key_vault_key_url"],
	"google_vertex_ai_dataset": ["encryption_spec.kms_key_name"],
	"google_vertex_ai_endpoint": ["encryption_spec.kms_key_name"],
	"google_vertex_ai_feature_online_store": ["encryption_spec.kms_key_name"],
	"google_vertex_ai_featurestore": ["encryption_spec.kms_key_name"],
	"google_vertex_ai_index": ["encryption_spec.kms_key_name"],
	"google_vertex_ai_index_endpoint": ["encryption_spec.kms_key_name"],
	"google_vertex_ai_metadata_store": ["encryption_spec.kms_key_name"],
	"google_vertex_ai_persistent_resource": ["encryption_spec.kms_key_name"],
	"google_vertex_ai_reasoning_engine": ["encryption_spec.kms_key_name"],
	"google_vertex_ai_tensorboard": ["encryption_spec.kms_key_name"],
	"google_colab_runtime_template": ["encryption_spec.kms_key_name"],
	"google_discovery_engine_data_store": ["kms_key_name"],
	"google_document_ai_processor": ["kms_key_name"],
	"google_notebooks_runtime": ["virtual_machine.virtual_machine_config.encryption_config.kms_key"],
}

_others := {
	"aws_sagemaker_feature_group": [
		_key_within("online_store_config", "online_store_config.security_config.kms_key_id"),
		_key_within("offline_store_config", "offline_store_config.s3_storage_config.kms_key_id"),
	],
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
	"azurerm_search_service": [_either([{"path": "customer_managed_key_enforcement_enabled", "values": {true}}])],
	"google_workbench_instance": [
		_key("gce_setup.boot_disk.kms_key"),
		_with_the_key("gce_setup.boot_disk.disk_encryption"),
	],
	"google_notebooks_instance": [_key("kms_key"), _with_the_key("disk_encryption")],
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
