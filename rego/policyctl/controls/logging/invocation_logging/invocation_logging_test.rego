package policyctl.controls.logging.invocation_logging_test

import data.policyctl.controls.logging.invocation_logging as control
import data.policyctl.testing.terraform

test_text_delivered_to_a_bucket_passes if {
	found := decided([agent, logging({})])
	found.resources == {agent.address, logging({}).address}
	found.findings == set()
	found.undetermined == set()
}

test_a_log_group_is_as_good_as_a_bucket if {
	sinks := {"s3_config": null, "cloudwatch_config": {"log_group_name": "/aws/bedrock/calls"}}
	clean(decided([agent, logging(sinks)]))
}

test_the_list_form_of_provider_version_6_is_read if {
	block := {"text_data_delivery_enabled": true, "s3_config": [{"bucket_name": "logs"}]}
	clean(decided([configured({"logging_config": [block]})]))
	listed := configured({"logging_config": [object.union(block, {"text_data_delivery_enabled": false})]})
	codes([listed]) == {"not_delivered"}
	{f.path | some f in decided([listed]).findings} == {["values", "logging_config", 0, "text_data_delivery_enabled"]}
}

test_text_that_is_left_out_fails if {
	every off in [false, null, "true", [true], 1] {
		codes([agent, logging({"text_data_delivery_enabled": off})]) == {"not_delivered"}
	}
	codes([logging({"image_data_delivery_enabled": false})]) == set()
}

test_the_profile_says_which_kinds_must_be_delivered if {
	asked := {"data_kinds": ["text", "image"]}
	{f.path[2] | some f in decided_for([logging({})], asked).findings} == {"image_data_delivery_enabled"}
	decided_for([logging({"image_data_delivery_enabled": true})], asked).findings == set()
}

test_a_log_that_goes_nowhere_fails if {
	codes([logging({"s3_config": null})]) == {"no_sink"}
	codes([logging({"s3_config": {"bucket_name": ""}})]) == {"no_sink"}
	codes([logging({"s3_config": {"bucket_name": 7}})]) == {"no_sink"}
	codes([logging({"s3_config": "logs"})]) == {"no_sink"}
}

test_an_empty_configuration_delivers_nothing_nowhere if {
	codes([configured({})]) == {"not_delivered", "no_sink"}
	codes([configured({"logging_config": null})]) == {"not_delivered", "no_sink"}
	codes([configured({"logging_config": []})]) == {"not_delivered", "no_sink"}
}

test_a_bucket_that_this_plan_creates_is_a_sink if {
	bucket := {"address": "aws_s3_bucket.logs"}
	named := {"logging_config.s3_config.bucket_name": ["aws_s3_bucket.logs.id"]}
	sink := object.union(logging({"s3_config": {}}), {
		"unknown": ["logging_config.s3_config.bucket_name"],
		"references": named,
	})
	clean(decided([bucket, sink]))
	gone := object.union(bucket, {"action": "delete"})
	count(decided([gone, sink]).undetermined) == 1
}

test_a_sink_known_only_after_apply_is_undetermined if {
	sink := object.union(logging({"s3_config": {}}), {"unknown": ["logging_config.s3_config.bucket_name"]})
	decided([sink]).findings == set()
	count(decided([sink]).undetermined) == 1
}

test_delivery_known_only_after_apply_is_undetermined if {
	every state in ["unknown", "masked"] {
		hidden := object.union(configured({}), {state: ["logging_config"]})
		decided([hidden]).findings == set()
		count(decided([hidden]).undetermined) == 2
	}
}

test_bedrock_without_its_logging_in_the_plan_is_undetermined if {
	found := decided([agent])
	found.resources == {agent.address}
	found.findings == set()
	{u.resource | some u in found.undetermined} == {agent.address}
}

test_logging_in_another_region_serves_nothing_here if {
	here := object.union(agent, {"region": "eu-west-1"})
	undetermined([here, object.union(logging({}), {"region": "us-east-1"})]) == {agent.address}
	undetermined([here, logging({})]) == {agent.address}
	clean(decided([here, object.union(logging({}), {"region": "eu-west-1"})]))
}

test_removing_logging_and_keeping_what_it_served_fails if {
	removed := object.union(logging({}), {"action": "delete"})
	codes([agent, removed]) == {"logging_removed"}
	codes([object.union(agent, {"action": "delete"}), removed]) == set()
	codes([agent, removed, object.union(logging({}), {
		"address": "aws_bedrock_model_invocation_logging_configuration.moved",
	})]) == set()
	codes([agent, object.union(logging({}), {"action": "forget"})]) == set()
}

test_an_azure_account_whose_requests_are_kept_passes if {
	every log in [{"category": "RequestResponse"}, {"category_group": "allLogs"}] {
		clean(decided([account, diagnostic([log])]))
	}
}

test_an_azure_account_without_a_diagnostic_setting_fails if {
	codes([account]) == {"not_logged"}
	codes([object.union(account, {"address": "azurerm_ai_services.a"})]) == {"not_logged"}
}

test_a_diagnostic_setting_that_keeps_other_logs_only_fails if {
	codes([account, diagnostic([{"category": "Audit"}])]) == {"not_logged"}
	codes([account, diagnostic([{"category_group": "audit"}])]) == {"not_logged"}
	codes([account, diagnostic([])]) == {"not_logged"}
	codes([account, diagnostic("RequestResponse")]) == {"not_logged"}
	codes([account, object.union(diagnostic([{"category": "RequestResponse"}]), {"action": "delete"})]) == {"not_logged"}
}

test_a_diagnostic_setting_that_the_plan_does_not_show_is_undetermined if {
	hidden := object.union(diagnostic([]), {"unknown": ["enabled_log"]})
	undetermined([account, hidden]) == {account.address}
	undetermined([account, object.union(diagnostic([{}]), {"unknown": ["enabled_log.0.category"]})]) == {account.address}
	elsewhere := {
		"address": "azurerm_monitor_diagnostic_setting.a",
		"unknown": ["target_resource_id"],
		"references": {"target_resource_id": ["local.account"]},
	}
	undetermined([account, elsewhere]) == {account.address}
}

test_a_diagnostic_setting_of_one_of_several_accounts_is_undetermined if {
	document := terraform.plan_for([account, diagnostic([{"category": "RequestResponse"}])], parameters({}))
	ambiguous := json.patch(document, [{
		"op": "add",
		"path": "/facts/referenced_by/azurerm_cognitive_account.a/0/ambiguous",
		"value": true,
	}])
	control.findings == set() with input as ambiguous
	{u.resource | some u in control.undetermined} == {account.address} with input as ambiguous
}

test_a_google_agent_logs_by_any_of_its_switches if {
	clean(decided([cx_agent({"advanced_settings": [{"logging_settings": [{"enable_interaction_logging": true}]}]})]))
	clean(decided([cx_agent({"enable_stackdriver_logging": true})]))
	codes([cx_agent({"enable_stackdriver_logging": false})]) == {"not_logged"}
	codes([cx_agent({"enable_stackdriver_logging": "true"})]) == {"not_logged"}
	codes([cx_agent({})]) == {"not_logged"}
	codes([{"address": "google_gemini_logging_setting.a"}]) == {"not_logged"}
}

test_a_google_switch_known_only_after_apply_is_undetermined if {
	hidden := object.union(cx_agent({}), {"unknown": ["advanced_settings"]})
	decided([hidden]).findings == set()
	undetermined([hidden]) == {hidden.address}
}

test_deleted_resources_are_not_looked_at if {
	every resource in [agent, account, cx_agent({})] {
		decided([object.union(resource, {"action": "delete"})]).resources == set()
	}
}

test_what_is_looked_at_is_named if {
	control.resources == {"azurerm_cognitive_account.a"} with input as terraform.plan_for([account], parameters({}))
	control.resources == {"google_dialogflow_cx_agent.a"} with input as terraform.plan_for([cx_agent({})], parameters({}))
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "not_logged",
		"resource": "azurerm_cognitive_account.a",
		"message": "no diagnostic setting keeps requests and responses",
		"path": ["values"],
	}} with input as terraform.plan_for([account], parameters({}))
	control.findings == {{
		"code": "not_logged",
		"resource": "google_gemini_logging_setting.a",
		"message": "conversations are not logged",
		"path": ["values", "log_prompts_and_responses"],
	}} with input as terraform.plan_for([{"address": "google_gemini_logging_setting.a"}], parameters({}))
	control.findings == {
		{
			"code": "no_sink",
			"resource": "aws_bedrock_model_invocation_logging_configuration.a",
			"message": "the invocation log goes to no bucket and no log group",
			"path": ["values", "logging_config"],
		},
		{
			"code": "not_delivered",
			"resource": "aws_bedrock_model_invocation_logging_configuration.a",
			"message": "the invocation log leaves out text",
			"path": ["values", "logging_config", "text_data_delivery_enabled"],
		},
	} with input as terraform.plan_for([configured({})], parameters({}))
	control.findings == {{
		"code": "logging_removed",
		"resource": "aws_bedrock_model_invocation_logging_configuration.a",
		"message": "invocation logging is removed while resources that call models stay",
		"path": ["action"],
	}} with input as terraform.plan_for([agent, object.union(logging({}), {"action": "delete"})], parameters({}))
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {
		{
			"resource": "aws_bedrock_model_invocation_logging_configuration.a",
			"path": ["values", "logging_config"],
			"reason": "where the invocation log goes is known only after apply",
		},
		{
			"resource": "aws_bedrock_model_invocation_logging_configuration.a",
			"path": ["values", "logging_config", "text_data_delivery_enabled"],
			"reason": "whether text is delivered is known only after apply",
		},
	} with input as terraform.plan_for([object.union(configured({}), {"masked": ["logging_config"]})], parameters({}))
	control.undetermined == {{
		"resource": "azurerm_cognitive_account.a",
		"path": ["values"],
		"reason": "whether a diagnostic setting keeps its requests is known only after apply",
	}} with input as terraform.plan_for([account, object.union(diagnostic([]), {"unknown": ["enabled_log"]})], parameters({}))
	control.undetermined == {{
		"resource": "aws_bedrockagent_agent.a",
		"path": [],
		"reason": "invocation logging of this account and region is not in the plan",
	}} with input as terraform.plan_for([agent], parameters({}))
	control.undetermined == {{
		"resource": "google_dialogflow_cx_agent.a",
		"path": ["values", "advanced_settings", 0, "logging_settings", 0, "enable_interaction_logging"],
		"reason": "whether conversations are logged is known only after apply",
	}} with input as terraform.plan_for([object.union(cx_agent({}), {"unknown": ["advanced_settings"]})], parameters({}))
	control.undetermined == set() with input as terraform.plan_for([cx_agent({})], parameters({}))
	control.undetermined == set() with input as terraform.plan_for([configured({})], parameters({}))
}

agent := {"address": "aws_bedrockagent_agent.a"}

account := {"address": "azurerm_cognitive_account.a"}

cx_agent(values) := {"address": "google_dialogflow_cx_agent.a", "values": values}

configured(values) := {"address": "aws_bedrock_model_invocation_logging_configuration.a", "values": values}

logging(changes) := configured({"logging_config": object.union(
	{
		"text_data_delivery_enabled": true,
		"s3_config": {"bucket_name": "logs"},
		"cloudwatch_config": null,
	},
	changes,
)}) if {
	not "s3_config" in object.keys(changes)
} else := configured({"logging_config": object.union({"text_data_delivery_enabled": true}, changes)})

diagnostic(logs) := {
	"address": "azurerm_monitor_diagnostic_setting.a",
	"values": {"enabled_log": logs},
	"references": {"target_resource_id": ["azurerm_cognitive_account.a.id"]},
}

clean(found) if {
	found.findings == set()
	found.undetermined == set()
}

codes(resources) := {f.code | some f in decided(resources).findings}

undetermined(resources) := {u.resource | some u in decided(resources).undetermined}

decided(resources) := decided_for(resources, {})

decided_for(resources, changes) := answer if {
	answer := {
		"resources": control.resources,
		"findings": control.findings,
		"undetermined": control.undetermined,
	} with input as terraform.plan_for(resources, parameters(changes))
}

parameters(changes) := {"logging": {"invocation_logging": object.union(
	{"data_kinds": ["text"], "request_categories": ["RequestResponse"], "request_category_groups": ["allLogs"]},
	changes,
)}}
