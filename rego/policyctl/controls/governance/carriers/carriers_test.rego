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
