package policyctl.controls.governance.ownership_tags_test

import data.policyctl.controls.governance.ownership_tags as control
import data.policyctl.testing.terraform

test_an_endpoint_with_owner_system_and_risk_class_passes if {
	good := {"Owner": "credit-ml", "AiSystemId": "AIS-1", "AiRiskTier": "high"}
	looked_at({"tags": good}) == {"aws_sagemaker_endpoint.a"}
	codes({"tags": good}) == set()
}

test_keys_may_be_spelled_in_other_ways if {
	codes({"tags": {"system-owner": "x", "cost_center": "7", "Ai Risk:Tier": "Limited"}}) == set()
}

test_an_endpoint_without_tags_lacks_all_three if {
	all_three == {"no_owner", "no_system", "no_risk_class"}
	codes({}) == all_three
	codes({"tags": null}) == all_three
	codes({"tags": {}}) == all_three
	codes({"tags": ["Owner"]}) == all_three
	codes({"tags": "Owner"}) == all_three
}

test_each_missing_label_is_a_finding_of_its_own if {
	codes({"tags": {"System": "s", "risk_class": "low"}}) == {"no_owner"}
	codes({"tags": {"Owner": "o", "risk_class": "low"}}) == {"no_system"}
	codes({"tags": {"Owner": "o", "System": "s"}}) == {"no_risk_class"}
}

test_a_blank_label_or_one_that_is_no_text_is_no_label if {
	codes({"tags": {"Owner": " ", "System": 7, "risk_class": {"x": "low"}}}) == all_three
}

test_a_risk_class_that_is_not_accepted_is_a_finding_of_its_own if {
	codes({"tags": {"Owner": "o", "System": "s", "AiRiskTier": "unclassified"}}) == {"risk_class_not_accepted"}
	codes({"tags": {"Owner": "o", "System": "s", "AiRiskTier": "HIGH"}}) == set()
}

test_two_risk_classes_must_both_be_accepted if {
	codes({"tags": {"Owner": "o", "System": "s", "AiRiskTier": "high", "risk_class": "?"}}) == {"risk_class_not_accepted"}
}

test_the_labels_of_the_provider_block_count if {
	codes({"tags": {"Owner": "o"}, "tags_all": {"Owner": "o", "System": "s", "risk_class": "low"}}) == set()
}

test_labels_known_only_after_apply_are_undetermined if {
	every state in ["unknown", "masked"] {
		found := decided({"address": "aws_sagemaker_endpoint.a", state: ["tags"]})
		found.findings == set()
		count(found.undetermined) == 3
	}
}

test_one_label_known_only_after_apply_leaves_open_that_label_only if {
	found := decided({
		"address": "aws_sagemaker_endpoint.a",
		"values": {"tags": {"System": "s", "risk_class": "low"}, "tags_all": {}},
		"unknown": ["tags.Owner"],
	})
	found.findings == set()
	count(found.undetermined) == 1
}

test_an_unknown_label_hides_those_of_the_provider_block if {
	found := decided({
		"address": "aws_sagemaker_endpoint.a",
		"values": {"tags": {}},
		"unknown": ["tags.Owner"],
		"computed": ["tags_all"],
	})
	found.findings == set()
	count(found.undetermined) == 3
}

test_tags_that_only_the_provider_may_set_are_not_there if {
	found := decided({"address": "aws_sagemaker_endpoint.a", "values": {"tags": null}, "computed": ["tags_all"]})
	{f.code | some f in found.findings} == all_three
	found.undetermined == set()
}

test_a_notebook_needs_an_owner_only if {
	{f.code | some f in decided({"address": "aws_sagemaker_notebook_instance.a"}).findings} == {"no_owner"}
	{f.code | some f in decided({"address": "google_workbench_instance.a"}).findings} == {"no_owner"}
	{f.code | some f in decided({"address": "azurerm_machine_learning_workspace.a"}).findings} == {"no_owner"}
}

test_google_has_labels_and_azurerm_has_tags if {
	given := {"owner": "o", "system": "s", "risk_class": "low"}
	decided({"address": "google_vertex_ai_endpoint.a", "values": {"effective_labels": given}}).findings == set()
	decided({"address": "azurerm_cognitive_account.a", "values": {"tags": given}}).findings == set()
	paths({"address": "google_vertex_ai_endpoint.a", "values": {"tags": given}}) == {["values", "labels"]}
	paths({"address": "azurerm_cognitive_account.a", "values": {"labels": given}}) == {["values", "tags"]}
}

test_a_deleted_resource_and_one_of_no_ai_system_are_not_looked_at if {
	decided({"address": "aws_sagemaker_endpoint.a", "action": "delete"}).resources == set()
	decided({"address": "aws_instance.a"}).resources == set()
}

test_what_is_looked_at_is_named if {
	control.resources == {"google_workbench_instance.a"} with input as terraform.plan_for([{"address": "google_workbench_instance.a"}], {"governance": {"ownership_tags": {
		"owner_keys": ["owner", "system_owner"],
		"system_keys": ["ai_system_id", "system", "cost_center"],
		"risk_class_keys": ["ai_risk_tier", "risk_class"],
		"risk_classes": ["high", "limited", "low"],
	}}})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_owner",
		"resource": "google_workbench_instance.a",
		"message": "no label says who answers for it",
		"path": ["values", "labels"],
	}} with input as terraform.plan_for([{"address": "google_workbench_instance.a"}], {"governance": {"ownership_tags": {
		"owner_keys": ["owner", "system_owner"],
		"system_keys": ["ai_system_id", "system", "cost_center"],
		"risk_class_keys": ["ai_risk_tier", "risk_class"],
		"risk_classes": ["high", "limited", "low"],
	}}})
	control.findings == {{
		"code": "risk_class_not_accepted",
		"resource": "aws_sagemaker_endpoint.a",
		"message": "the risk class \"?\" is none of those that are accepted",
		"path": ["values", "tags"],
	}} with input as terraform.plan_for([{"address": "aws_sagemaker_endpoint.a", "values": {"tags": {"Owner": "o", "System": "s", "AiRiskTier": "high", "risk_class": "?"}}}], {"governance": {"ownership_tags": {
		"owner_keys": ["owner", "system_owner"],
		"system_keys": ["ai_system_id", "system", "cost_center"],
		"risk_class_keys": ["ai_risk_tier", "risk_class"],
		"risk_classes": ["high", "limited", "low"],
	}}})
	control.findings == {
		{
			"code": "no_owner",
			"resource": "aws_sagemaker_endpoint.a",
			"message": "no label says who answers for it",
			"path": ["values", "tags"],
		},
		{
			"code": "no_risk_class",
			"resource": "aws_sagemaker_endpoint.a",
			"message": "no label says which risk class its system has",
			"path": ["values", "tags"],
		},
		{
			"code": "no_system",
			"resource": "aws_sagemaker_endpoint.a",
			"message": "no label says which system it belongs to",
			"path": ["values", "tags"],
		},
	} with input as terraform.plan_for([{"address": "aws_sagemaker_endpoint.a", "values": {}}], {"governance": {"ownership_tags": {
		"owner_keys": ["owner", "system_owner"],
		"system_keys": ["ai_system_id", "system", "cost_center"],
		"risk_class_keys": ["ai_risk_tier", "risk_class"],
		"risk_classes": ["high", "limited", "low"],
	}}})
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "aws_sagemaker_endpoint.a",
		"path": ["values", "tags"],
		"reason": "the plan does not show the labels, so whether one says who answers for it is not known",
	}} with input as terraform.plan_for(
		[{
			"address": "aws_sagemaker_endpoint.a",
			"values": {"tags": {"System": "s", "risk_class": "low"}, "tags_all": {}},
			"unknown": ["tags.Owner"],
		}],
		{"governance": {"ownership_tags": {
			"owner_keys": ["owner", "system_owner"],
			"system_keys": ["ai_system_id", "system", "cost_center"],
			"risk_class_keys": ["ai_risk_tier", "risk_class"],
			"risk_classes": ["high", "limited", "low"],
		}}},
	)
}

all_three := {"no_owner", "no_system", "no_risk_class"}

codes(values) := {f.code | some f in decided({"address": "aws_sagemaker_endpoint.a", "values": values}).findings}

looked_at(values) := decided({"address": "aws_sagemaker_endpoint.a", "values": values}).resources

paths(resource) := {f.path | some f in decided(resource).findings}

decided(resource) := answer if {
	answer := {
		"resources": control.resources,
		"findings": control.findings,
		"undetermined": control.undetermined,
	} with input as terraform.plan_for([resource], {"governance": {"ownership_tags": {
		"owner_keys": ["owner", "system_owner"],
		"system_keys": ["ai_system_id", "system", "cost_center"],
		"risk_class_keys": ["ai_risk_tier", "risk_class"],
		"risk_classes": ["high", "limited", "low"],
	}}})
}
