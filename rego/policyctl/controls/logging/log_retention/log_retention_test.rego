package policyctl.controls.logging.log_retention_test

import data.policyctl.controls.logging.log_retention as control
import data.policyctl.testing.terraform

test_logs_kept_for_the_minimum_or_longer_pass if {
	found := decided([group({"retention_in_days": 184})])
	found.resources == {"aws_cloudwatch_log_group.a"}
	clean(found)
	clean(decided([group({"retention_in_days": 185})]))
}

test_logs_kept_for_one_day_less_fail if {
	codes([group({"retention_in_days": 183})]) == {"too_short"}
	codes([group({"retention_in_days": 1})]) == {"too_short"}
}

test_a_retention_that_is_no_number_is_none_of_the_minimum if {
	codes([group({"retention_in_days": "400"})]) == {"too_short"}
	codes([group({"retention_in_days": [400]})]) == {"too_short"}
	codes([group({"retention_in_days": true})]) == {"too_short"}
}

test_logs_that_never_expire_fail_with_a_code_of_their_own if {
	every values in [{}, {"retention_in_days": 0}, {"retention_in_days": null}, {"retention_in_days": ""}] {
		codes([group(values)]) == {"never_expires"}
	}
	codes([object.union(group({}), {"computed": ["retention_in_days"]})]) == {"never_expires"}
}

test_a_retention_known_only_after_apply_is_undetermined if {
	every state in ["unknown", "masked"] {
		found := decided([object.union(group({}), {state: ["retention_in_days"]})])
		found.findings == set()
		count(found.undetermined) == 1
	}
}

test_a_group_that_the_name_does_not_tell_is_not_looked_at if {
	found := decided([group({"name": "/aws/lambda/x", "retention_in_days": 1})])
	found.resources == set()
	clean(found)
}

test_the_beginning_of_a_name_tells_a_group if {
	codes([group({"name": null, "name_prefix": "/aws/bedrock/", "retention_in_days": 1})]) == {"too_short"}
	codes([group({"name": "my/aws/bedrock/", "retention_in_days": 1})]) == set()
}

test_a_group_whose_name_is_not_known_is_undetermined_unless_its_retention_is_right if {
	hidden := object.union(group({"name": null, "retention_in_days": 1}), {"unknown": ["name"]})
	undetermined([hidden]) == {"aws_cloudwatch_log_group.a"}
	undetermined([group({"name": 7, "retention_in_days": 1})]) == {"aws_cloudwatch_log_group.a"}
	undetermined([group({"name": "", "retention_in_days": 0})]) == {"aws_cloudwatch_log_group.a"}
	clean(decided([object.union(group({"name": null, "retention_in_days": 400}), {"unknown": ["name"]})]))
}

test_the_group_of_bedrock_s_invocation_log_is_looked_at_whatever_its_name if {
	codes([group({"name": "calls", "retention_in_days": 7}), bedrock_logging]) == {"too_short"}
	perhaps := ambiguous([group({"name": "calls", "retention_in_days": 7}), bedrock_logging])
	undetermined_in(perhaps) == {"aws_cloudwatch_log_group.a"}
}

test_a_workspace_with_the_diagnostics_of_an_ai_resource_is_looked_at if {
	codes([workspace({"retention_in_days": 183}), diagnostics, account]) == {"too_short"}
	codes([workspace({}), diagnostics, account]) == {"too_short"}
	codes([workspace({"retention_in_days": -1}), diagnostics, account]) == {"never_expires"}
	found := decided([workspace({"retention_in_days": 184}), diagnostics, account])
	clean(found)
	found.resources == {"azurerm_log_analytics_workspace.a"}
}

test_a_workspace_of_a_machine_learning_workspace_is_looked_at if {
	insights := {
		"address": "azurerm_application_insights.a",
		"references": {"workspace_id": ["azurerm_log_analytics_workspace.a.id"]},
	}
	learning := {
		"address": "azurerm_machine_learning_workspace.a",
		"references": {"application_insights_id": ["azurerm_application_insights.a.id"]},
	}
	codes([workspace({}), insights, learning]) == {"too_short"}
	codes([workspace({}), insights]) == set()
}

test_a_workspace_of_something_else_is_not_looked_at if {
	decided([workspace({})]).resources == set()
	decided([workspace({}), diagnostics]).findings == set()
	decided([workspace({}), object.union(diagnostics, {"action": "delete"}), account]).findings == set()
}

test_a_workspace_with_diagnostics_of_a_resource_that_is_not_known_is_undetermined if {
	elsewhere := {
		"address": "azurerm_monitor_diagnostic_setting.a",
		"unknown": ["target_resource_id"],
		"references": {"log_analytics_workspace_id": ["azurerm_log_analytics_workspace.a.id"]},
	}
	undetermined([workspace({}), elsewhere]) == {"azurerm_log_analytics_workspace.a"}
	undetermined_in(ambiguous([workspace({}), elsewhere])) == {"azurerm_log_analytics_workspace.a"}
}

test_a_log_bucket_with_the_logs_of_an_ai_service_is_looked_at if {
	codes([bucket({"retention_days": 183}), sink({"filter": ai})]) == {"too_short"}
	codes([bucket({"retention_days": 0}), sink({"filter": ai})]) == {"too_short"}
	codes([bucket({}), sink({"filter": ai})]) == {"too_short"}
	clean(decided([bucket({"retention_days": 184}), sink({"filter": ai})]))
}

test_a_log_bucket_with_other_logs_is_not_looked_at if {
	decided([bucket({}), sink({"filter": "severity >= ERROR"})]).resources == set()
	decided([bucket({})]).resources == set()
}

test_a_log_bucket_with_logs_that_are_not_known_is_undetermined if {
	hidden := object.union(sink({}), {"unknown": ["filter"]})
	undetermined([bucket({}), hidden]) == {"google_logging_project_bucket_config.a"}
	undetermined_in(ambiguous([bucket({}), sink({"filter": ai})])) == {"google_logging_project_bucket_config.a"}
}

test_a_deleted_group_is_not_looked_at if {
	found := decided([object.union(group({}), {"action": "delete"})])
	found.resources == set()
	clean(found)
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "too_short",
		"resource": "aws_cloudwatch_log_group.a",
		"message": "logs are not shown to be kept for at least 184 days: 1",
		"path": ["values", "retention_in_days"],
	}} with input as document([group({"retention_in_days": 1})])
	control.findings == {{
		"code": "never_expires",
		"resource": "aws_cloudwatch_log_group.a",
		"message": "logs are kept for ever",
		"path": ["values", "retention_in_days"],
	}} with input as document([group({})])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == set() with input as document([bucket({})])
	control.undetermined == set() with input as document([workspace({})])
	control.undetermined == {{
		"resource": "aws_cloudwatch_log_group.a",
		"path": ["values", "retention_in_days"],
		"reason": "the retention is known only after apply",
	}} with input as document([object.union(group({}), {"masked": ["retention_in_days"]})])
	control.undetermined == {{
		"resource": "aws_cloudwatch_log_group.a",
		"path": ["values", "retention_in_days"],
		"reason": "whether an AI system logs there is known only after apply",
	}} with input as document([group({"name": 7, "retention_in_days": 1})])
	control.undetermined == set() with input as document([workspace({}), diagnostics])
	control.undetermined == set() with input as document([bucket({}), sink({"filter": "severity >= ERROR"})])
}

ai := `resource.labels.service="aiplatform.googleapis.com"`

group(values) := {
	"address": "aws_cloudwatch_log_group.a",
	"values": object.union({"name": "/aws/sagemaker/Endpoints/a"}, values),
}

workspace(values) := {"address": "azurerm_log_analytics_workspace.a", "values": values}

bucket(values) := {"address": "google_logging_project_bucket_config.a", "values": values}

account := {"address": "azurerm_cognitive_account.a"}

bedrock_logging := {
	"address": "aws_bedrock_model_invocation_logging_configuration.a",
	"references": {"logging_config.cloudwatch_config.log_group_name": ["aws_cloudwatch_log_group.a.name"]},
}

diagnostics := {
	"address": "azurerm_monitor_diagnostic_setting.a",
	"references": {
		"log_analytics_workspace_id": ["azurerm_log_analytics_workspace.a.id"],
		"target_resource_id": ["azurerm_cognitive_account.a.id"],
	},
}

sink(values) := {
	"address": "google_logging_project_sink.a",
	"values": values,
	"references": {"destination": ["google_logging_project_bucket_config.a.id"]},
}

clean(found) if {
	found.findings == set()
	found.undetermined == set()
}

codes(resources) := {f.code | some f in decided(resources).findings}

undetermined(resources) := undetermined_in(document(resources))

undetermined_in(given) := {u.resource | some u in open} if {
	control.findings == set() with input as given
	open := control.undetermined with input as given
}

# The first resource may be the one that the second refers to, or a sibling of it.
ambiguous(resources) := json.patch(document(resources), [{
	"op": "add",
	"path": sprintf("/facts/referenced_by/%s/0/ambiguous", [resources[0].address]),
	"value": true,
}])

document(resources) := terraform.plan_for(resources, {"logging": {"log_retention": {
	"minimum_days": 184,
	"log_group_prefixes": ["/aws/sagemaker", "/aws/bedrock"],
	"google_services": ["aiplatform.googleapis.com"],
}}})

decided(resources) := answer if {
	answer := {
		"resources": control.resources,
		"findings": control.findings,
		"undetermined": control.undetermined,
	} with input as document(resources)
}
