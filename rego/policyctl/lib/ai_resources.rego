# METADATA
# scope: package
# description: |
#   Which resource types are those of AI systems, and what their labels (tags) say. No control logic. Only types that
#   can carry labels are listed; attribute names are those of hashicorp/aws 5.100, hashicorp/azurerm 4 and 5,
#   hashicorp/google 6 and 7.
package policyctl.lib.ai_resources

import data.policyctl.lib.risk_class
import data.policyctl.lib.terraform

# METADATA
# description: What holds, serves, steers or watches a model in use. It belongs to one AI system.
systems := {
	"aws_bedrock_custom_model",
	"aws_bedrock_guardrail",
	"aws_bedrock_inference_profile",
	"aws_bedrock_provisioned_model_throughput",
	"aws_bedrockagent_agent",
	"aws_bedrockagent_knowledge_base",
	"aws_bedrockagent_prompt",
	"aws_comprehend_document_classifier",
	"aws_comprehend_entity_recognizer",
	"aws_kendra_index",
	"aws_lexv2models_bot",
	"aws_qbusiness_application",
	"aws_rekognition_project",
	"aws_rekognition_stream_processor",
	"aws_sagemaker_data_quality_job_definition",
	"aws_sagemaker_endpoint",
	"aws_sagemaker_endpoint_configuration",
	"aws_sagemaker_model",
	"aws_sagemaker_model_package_group",
	"aws_sagemaker_monitoring_schedule",
	"azurerm_ai_services",
	"azurerm_bot_service_azure_bot",
	"azurerm_cognitive_account",
	"azurerm_healthbot",
	"azurerm_machine_learning_inference_cluster",
	"azurerm_video_indexer_account",
	"google_vertex_ai_endpoint",
	"google_vertex_ai_index",
	"google_vertex_ai_index_endpoint",
	"google_vertex_ai_reasoning_engine",
}

# METADATA
# description: Where models are made or their data kept. It may serve many AI systems, or none yet.
workbenches := {
	"aws_sagemaker_domain",
	"aws_sagemaker_feature_group",
	"aws_sagemaker_mlflow_tracking_server",
	"aws_sagemaker_notebook_instance",
	"aws_sagemaker_pipeline",
	"aws_sagemaker_project",
	"azurerm_ai_foundry",
	"azurerm_ai_foundry_project",
	"azurerm_cognitive_account_project",
	"azurerm_databricks_workspace",
	"azurerm_machine_learning_compute_cluster",
	"azurerm_machine_learning_compute_instance",
	"azurerm_machine_learning_synapse_spark",
	"azurerm_machine_learning_workspace",
	"google_notebooks_instance",
	"google_vertex_ai_dataset",
	"google_vertex_ai_feature_group",
	"google_vertex_ai_feature_online_store",
	"google_vertex_ai_featurestore",
	"google_vertex_ai_persistent_resource",
	"google_vertex_ai_tensorboard",
	"google_workbench_instance",
}

# METADATA
# description: |
#   The texts that a resource's labels have under any of these keys; case, spaces and -_.:/ in keys make no
#   difference.
label(resource, keys) := {trim_space(text) |
	some attribute in _attributes(resource)
	labels := terraform.value(resource, attribute)
	is_object(labels)
	some key, text in labels
	_plain(key) in _plains(keys)
	is_string(text)
	trim_space(text) != ""
}

# METADATA
# description: |
#   Whether the plan leaves open what the labels have under these keys: all labels are known only after apply or
#   masked, one with such a key is, or those that the provider adds are not shown because one of the resource's own is
#   not known.
label_untold(resource, keys) if {
	some attribute in _attributes(resource)
	terraform.state(resource, attribute) in {"unknown", "masked"}
} else if {
	some key in _open_keys(resource)
	_plain(key) in _plains(keys)
} else if {
	count(_open_keys(resource)) > 0
	some attribute in _attributes(resource)
	terraform.state(resource, attribute) == "computed"
} else := false

# METADATA
# description: The attribute in which the configuration writes a resource's labels.
label_attribute(resource) := "labels" if {
	startswith(resource.type, "google_")
} else := "tags"

# With the labels that the provider block adds to every resource, where the provider shows them.
_attributes(resource) := {"labels", "terraform_labels", "effective_labels"} if {
	startswith(resource.type, "google_")
} else := {"tags", "tags_all"} if {
	startswith(resource.type, "aws_")
} else := {"tags"}

_open_keys(resource) := {trim_prefix(path, prefix) |
	some attribute in _attributes(resource)
	prefix := concat("", [attribute, "."])
	some path in array.concat(resource.unknown, resource.masked)
	startswith(path, prefix)
}

_plains(keys) := {_plain(key) | some key in keys}

_plain(key) := lower(strings.replace_n({"-": "", "_": "", " ": "", ".": "", ":": "", "/": ""}, key))

# METADATA
# description: |
#   Whether a duty that only some risk classes have holds for this resource: "yes", "no", "untold". `rules` are a
#   control's parameters: risk_class_keys, owed_for and not_owed_for.
duty(resource, rules) := risk_class.duty(
	label(resource, rules.risk_class_keys),
	label_untold(resource, rules.risk_class_keys),
	rules,
)
