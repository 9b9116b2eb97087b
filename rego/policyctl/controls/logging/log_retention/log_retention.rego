package policyctl.controls.logging.log_retention

import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains sink.address if {
	some type, _ in _types
	some sink in terraform.planned(type)
	_of_ai(sink) == "yes"
}

# METADATA
# description: Logs are not shown to be kept for the number of days asked.
findings contains finding if {
	some sink in _short
	_of_ai(sink) == "yes"

	finding := {
		"code": "too_short",
		"resource": sink.address,
		"message": sprintf("logs are not shown to be kept for at least %v days%s", [
			_parameters.minimum_days,
			settings.told(sink, _types[sink.type].days),
		]),
		"path": settings.place(_types[sink.type].days),
	}
}

# METADATA
# description: Logs are kept for ever, which no purpose needs.
findings contains finding if {
	some sink in _endless
	_of_ai(sink) == "yes"

	finding := {
		"code": "never_expires",
		"resource": sink.address,
		"message": "logs are kept for ever",
		"path": settings.place(_types[sink.type].days),
	}
}

# METADATA
# description: The retention is known only after apply.
undetermined contains entry if {
	some type, setting in _types
	some sink in terraform.planned(type)
	settings.at_least(sink, setting.days, _parameters.minimum_days) == "untold"
	_of_ai(sink) in {"yes", "untold"}

	entry := {
		"resource": sink.address,
		"path": settings.place(setting.days),
		"reason": "the retention is known only after apply",
	}
}

# METADATA
# description: The retention is not right, and the plan does not tell whether an AI system logs there.
undetermined contains entry if {
	some sink in (_short | _endless)
	_of_ai(sink) == "untold"

	entry := {
		"resource": sink.address,
		"path": settings.place(_types[sink.type].days),
		"reason": "whether an AI system logs there is known only after apply",
	}
}

_short contains sink if {
	some type, setting in _types
	some sink in terraform.planned(type)
	settings.at_least(sink, setting.days, _parameters.minimum_days) == "no"
	not _never_expires(sink)
}

_endless contains sink if {
	some type, _ in _types
	some sink in terraform.planned(type)
	_never_expires(sink)
}

# AWS keeps logs for ever where no retention is set; Azure and Google Cloud then keep them for 30 days.
_never_expires(sink) if {
	sink.type == "aws_cloudwatch_log_group"
	terraform.state(sink, "retention_in_days") in terraform.not_set
}

_never_expires(sink) if {
	settings.one_of(sink, _types[sink.type].days, _types[sink.type].for_ever) == "yes"
}

# Whether an AI system logs there: "yes", "no", "untold".
_of_ai(sink) := _group_of_ai(sink) if {
	sink.type == "aws_cloudwatch_log_group"
} else := _workspace_of_ai(sink) if {
	sink.type == "azurerm_log_analytics_workspace"
} else := _bucket_of_ai(sink)

_group_of_ai(group) := "yes" if {
	some attribute in {"name", "name_prefix"}
	settings.text(group, attribute) == "yes"
	some prefix in _parameters.log_group_prefixes
	startswith(terraform.value(group, attribute), prefix)
} else := "yes" if {
	count(terraform.referring(group, _bedrock_logging, _bedrock_log_group)) > 0
} else := "untold" if {
	count(terraform.perhaps_referring(group, _bedrock_logging, _bedrock_log_group)) > 0
} else := "untold" if {
	{settings.text(group, attribute) | some attribute in {"name", "name_prefix"}} & {"yes"} == set()
} else := "no"

_workspace_of_ai(workspace) := "yes" if {
	some setting in _diagnostics_to(workspace)
	count(terraform.sources(setting, "target_resource_id", _azure_ai)) > 0
} else := "yes" if {
	some insights in terraform.referring(workspace, {"azurerm_application_insights"}, {"workspace_id"})
	count(terraform.referring(insights, _azure_ai, {"application_insights_id"})) > 0
} else := "untold" if {
	some setting in _diagnostics_to(workspace)
	setting.address in terraform.unattached(_diagnostics, {"target_resource_id"})
} else := "untold" if {
	count(terraform.perhaps_referring(workspace, _diagnostics, {"log_analytics_workspace_id"})) > 0
} else := "no"

_bucket_of_ai(bucket) := "yes" if {
	some sink in _sinks_to(bucket)
	settings.text(sink, "filter") == "yes"
	some service in _parameters.google_services
	contains(terraform.value(sink, "filter"), service)
} else := "untold" if {
	some sink in _sinks_to(bucket)
	settings.text(sink, "filter") == "untold"
} else := "untold" if {
	count(terraform.perhaps_referring(bucket, {"google_logging_project_sink"}, {"destination"})) > 0
} else := "no"

_diagnostics_to(workspace) := terraform.referring(workspace, _diagnostics, {"log_analytics_workspace_id"})

_sinks_to(bucket) := terraform.referring(bucket, {"google_logging_project_sink"}, {"destination"})

_azure_ai := {
	"azurerm_ai_foundry",
	"azurerm_ai_services",
	"azurerm_bot_service_azure_bot",
	"azurerm_cognitive_account",
	"azurerm_machine_learning_workspace",
}

_diagnostics := {"azurerm_monitor_diagnostic_setting"}

_bedrock_logging := {"aws_bedrock_model_invocation_logging_configuration"}

_bedrock_log_group := {"logging_config.cloudwatch_config.log_group_name"}

_types := {
	"aws_cloudwatch_log_group": {"days": "retention_in_days", "for_ever": {0}},
	"azurerm_log_analytics_workspace": {"days": "retention_in_days", "for_ever": {-1}},
	"google_logging_project_bucket_config": {"days": "retention_days", "for_ever": set()},
}

_parameters := input.profile.parameters.logging.log_retention
