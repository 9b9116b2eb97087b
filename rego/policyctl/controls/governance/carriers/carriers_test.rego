package policyctl.controls.governance.carriers_test

import data.policyctl.controls.governance.carriers as control
import data.policyctl.testing.terraform as make

test_a_plan_without_carriers_has_nothing_to_look_at if {
	decided([]) == {"resources": set(), "untold": set()}
}

test_nothing_is_ever_a_finding if {
	count(control.findings) == 0 with input as with_carriers([{"address": "helm_release.a", "form": "helm"}])
}

test_what_is_written_as_text_is_undetermined if {
	every form in ["template", "helm", "kubernetes", "unread"] {
		untold({"form": form})
	}
}

test_parts_of_a_cloud_s_api_that_controls_judge_are_undetermined if {
	every holds in ["sagemaker_model", "bedrock_agent", "s3_bucket", "AWS::SageMaker::Model", "AWS::ECR::PublicRepository"] {
		untold({"form": "aws_api", "holds": holds})
	}
	every holds in [
		"Microsoft.CognitiveServices/accounts@2024-10-01",
		"microsoft.machinelearningservices/workspaces/onlineEndpoints@2024-04-01",
		"Microsoft.Resources/deployments@2022-09-01",
	] {
		untold({"form": "azure_api", "holds": holds})
	}
}

test_other_parts_of_a_cloud_s_api_are_not_looked_at if {
	every holds in ["ec2_vpc", "AWS::EC2::VPC", "sagemakers_x"] {
		passed_by({"form": "aws_api", "holds": holds})
	}
	every holds in ["Microsoft.Network/virtualNetworks@2024-05-01", "Microsoft.SearchX/y"] {
		passed_by({"form": "azure_api", "holds": holds})
	}
}

test_objects_that_run_something_are_undetermined if {
	every holds in ["deployment", "deployment_v1", "cron_job_v1", "pod", "env", "mutating_webhook_configuration_v1"] {
		untold({"form": "kubernetes", "holds": holds})
	}
}

test_objects_that_run_nothing_are_not_looked_at if {
	every holds in ["namespace", "config_map_v1", "config_map_v1_data", "horizontal_pod_autoscaler_v2beta2", "service_v1"] {
		passed_by({"form": "kubernetes", "holds": holds})
	}
}

test_a_kind_that_is_not_told_is_undetermined if {
	every form in ["aws_api", "azure_api", "kubernetes", "another", null, 5] {
		untold({"form": form})
	}
	every holds in ["", null, 5, ["ec2_vpc"], {}, "::"] {
		untold({"form": "aws_api", "holds": holds})
	}
	every holds in ["", null, 5, ["namespace"], {}] {
		untold({"form": "kubernetes", "holds": holds})
	}
}

test_another_word_of_a_form_is_no_excuse if {
	untold({"form": "template", "holds": "ec2_vpc"})
	untold({"form": "helm", "holds": "namespace"})
}

test_a_carrier_without_an_address_is_told_of_the_plan if {
	every broken in [{"address": 5, "form": "helm"}, {"form": "helm"}, "text", 5, []] {
		decided([broken]) == {"resources": {"plan.json"}, "untold": {"plan.json"}}
	}
}

test_the_reason_says_what_to_do if {
	reasons := {entry.reason | some entry in control.undetermined} with input as with_carriers([
		{"address": "helm_release.a", "form": "helm"},
		{"address": "x_y.a", "form": "unread"},
	])
	count(reasons) == 2
	"what the chart installs is not in the plan: give what helm template prints to policyctl check" in reasons
	"the plan does not show what this creates" in reasons
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "a_b.c",
		"path": [],
		"reason": "what the template creates is not read: write it with Terraform's own resources",
	}} with input as with_carriers([object.union({"address": "a_b.c"}, {"form": "template"})])
	control.undetermined == {{
		"resource": "a_b.c",
		"path": [],
		"reason": "this provider's attributes are not read: write it with the resource of hashicorp/aws",
	}} with input as with_carriers([object.union({"address": "a_b.c"}, {"form": "aws_api"})])
	control.undetermined == {{
		"resource": "a_b.c",
		"path": [],
		"reason": "objects of a cluster are not read from a plan: give their manifests to policyctl check",
	}} with input as with_carriers([object.union({"address": "a_b.c"}, {"form": "kubernetes"})])
	control.undetermined == {{
		"resource": "a_b.c",
		"path": [],
		"reason": "this provider's attributes are not read: write it with the resource of hashicorp/azurerm",
	}} with input as with_carriers([object.union({"address": "a_b.c"}, {"form": "azure_api"})])
}

test_every_service_of_aws_that_controls_judge_is_undetermined if {
	every service in [
		"apprunner", "batch", "bedrock", "bedrockagentcore", "cloudformation", "comprehend", "ecr", "ecs", "forecast",
		"frauddetector", "iam", "kendra", "kendraranking", "lambda", "lex", "logs", "personalize", "qbusiness",
		"rekognition", "s3", "sagemaker", "servicecatalog", "transcribe",
	] {
		untold({"form": "aws_api", "holds": sprintf("%s_thing", [service])})
	}
}

test_every_provider_of_azure_that_controls_judge_is_undetermined if {
	every provider in [
		"Microsoft.App", "Microsoft.Authorization", "Microsoft.BotService", "Microsoft.CognitiveServices",
		"Microsoft.ContainerInstance", "Microsoft.ContainerRegistry", "Microsoft.Databricks", "Microsoft.HealthBot",
		"Microsoft.Insights", "Microsoft.KubernetesConfiguration", "Microsoft.MachineLearningServices",
		"Microsoft.OperationalInsights", "Microsoft.Resources", "Microsoft.Search", "Microsoft.Storage",
		"Microsoft.VideoIndexer",
	] {
		untold({"form": "azure_api", "holds": sprintf("%s/things@2024-10-01", [provider])})
	}
}

test_every_object_that_runs_nothing_is_not_looked_at if {
	every holds in [
		"api_service_v1", "certificate_signing_request_v1", "cluster_role", "cluster_role_binding", "config_map",
		"config_map_v1_data", "csi_driver_v1", "custom_resource_definition_v1", "default_service_account", "endpoints_v1",
		"endpoint_slice_v1", "horizontal_pod_autoscaler_v2", "ingress_v1", "ingress_class", "limit_range", "namespace_v1",
		"network_policy", "node_taint", "persistent_volume", "persistent_volume_claim", "pod_disruption_budget_v1",
		"priority_class", "resource_quota", "role", "role_binding", "runtime_class_v1", "secret", "secret_v1_data",
		"service", "service_account", "storage_class_v1", "token_request_v1",
	] {
		passed_by({"form": "kubernetes", "holds": holds})
	}
}

test_the_reason_says_what_to_do_instead if {
	control.undetermined == {{
		"resource": "a_b.c",
		"path": [],
		"reason": "what the chart installs is not in the plan: give what helm template prints to policyctl check",
	}} with input as with_carriers([{"address": "a_b.c", "form": "helm"}])
	control.undetermined == {{
		"resource": "a_b.c",
		"path": [],
		"reason": "the plan does not show what this creates",
	}} with input as with_carriers([{"address": "a_b.c", "form": "unread"}])
}

untold(changes) if {
	decided([object.union({"address": "a_b.c"}, changes)]) == {"resources": {"a_b.c"}, "untold": {"a_b.c"}}
}

passed_by(changes) if {
	decided([object.union({"address": "a_b.c"}, changes)]) == {"resources": set(), "untold": set()}
}

decided(carriers) := answer if {
	answer := {
		"resources": control.resources,
		"untold": {entry.resource | some entry in control.undetermined},
	} with input as with_carriers(carriers)
}

with_carriers(carriers) := object.union(make.plan([]), {"facts": {"carriers": carriers}})
