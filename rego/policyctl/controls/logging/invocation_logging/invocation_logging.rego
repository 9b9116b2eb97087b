package policyctl.controls.logging.invocation_logging

import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains configuration.address if some configuration in _configurations

resources contains user.address if some user in _bedrock_users

resources contains account.address if some account in _azure_accounts

resources contains agent.address if {
	some type, _ in _google_switches
	some agent in terraform.planned(type)
}

# METADATA
# description: The invocation log leaves out a kind of content.
findings contains finding if {
	some configuration in _configurations
	some kind in _parameters.data_kinds
	settings.one_of(configuration, _delivery(configuration, kind), {true}) == "no"

	finding := {
		"code": "not_delivered",
		"resource": configuration.address,
		"message": sprintf("the invocation log leaves out %s", [kind]),
		"path": settings.place(_delivery(configuration, kind)),
	}
}

# METADATA
# description: The invocation log is sent nowhere.
findings contains finding if {
	some configuration in _configurations
	{_sink(configuration, sink) | some sink in _sinks} == {"no"}

	finding := {
		"code": "no_sink",
		"resource": configuration.address,
		"message": "the invocation log goes to no bucket and no log group",
		"path": settings.place(_base(configuration)),
	}
}

# METADATA
# description: The plan removes invocation logging and keeps what calls models there.
findings contains finding if {
	some configuration in input.facts.resources.aws_bedrock_model_invocation_logging_configuration
	configuration.action == "delete"
	some user in _bedrock_users
	_region(user) == _region(configuration)
	not _served(user)

	finding := {
		"code": "logging_removed",
		"resource": configuration.address,
		"message": "invocation logging is removed while resources that call models stay",
		"path": ["action"],
	}
}

# METADATA
# description: No diagnostic setting keeps the requests to an Azure account.
findings contains finding if {
	some account in _azure_accounts
	_kept(account) == "no"

	finding := {
		"code": "not_logged",
		"resource": account.address,
		"message": "no diagnostic setting keeps requests and responses",
		"path": ["values"],
	}
}

# METADATA
# description: No log switch of a Google agent is on.
findings contains finding if {
	some type, switches in _google_switches
	some agent in terraform.planned(type)
	{settings.one_of(agent, switch, {true}) | some switch in switches} == {"no"}

	finding := {
		"code": "not_logged",
		"resource": agent.address,
		"message": "conversations are not logged",
		"path": settings.place(switches[0]),
	}
}

# METADATA
# description: A kind of content may be left out, which is known only after apply.
undetermined contains entry if {
	some configuration in _configurations
	some kind in _parameters.data_kinds
	settings.one_of(configuration, _delivery(configuration, kind), {true}) == "untold"

	entry := {
		"resource": configuration.address,
		"path": settings.place(_delivery(configuration, kind)),
		"reason": sprintf("whether %s is delivered is known only after apply", [kind]),
	}
}

# METADATA
# description: Where the log goes is known only after apply, and comes from no bucket or log group of this plan.
undetermined contains entry if {
	some configuration in _configurations
	told := {_sink(configuration, sink) | some sink in _sinks}
	"untold" in told
	not "yes" in told

	entry := {
		"resource": configuration.address,
		"path": settings.place(_base(configuration)),
		"reason": "where the invocation log goes is known only after apply",
	}
}

# METADATA
# description: |
#   Invocation logging is one setting per account and region; this plan does not hold the one that serves the resource.
undetermined contains entry if {
	some user in _bedrock_users
	not _served(user)

	entry := {
		"resource": user.address,
		"path": [],
		"reason": "invocation logging of this account and region is not in the plan",
	}
}

# METADATA
# description: A diagnostic setting may be this account's, or may keep its requests; the plan does not tell.
undetermined contains entry if {
	some account in _azure_accounts
	_kept(account) == "untold"

	entry := {
		"resource": account.address,
		"path": ["values"],
		"reason": "whether a diagnostic setting keeps its requests is known only after apply",
	}
}

# METADATA
# description: A log switch is known only after apply.
undetermined contains entry if {
	some type, switches in _google_switches
	some agent in terraform.planned(type)
	told := {settings.one_of(agent, switch, {true}) | some switch in switches}
	"untold" in told
	not "yes" in told

	entry := {
		"resource": agent.address,
		"path": settings.place(switches[0]),
		"reason": "whether conversations are logged is known only after apply",
	}
}

_served(user) if {
	some configuration in _configurations
	_region(configuration) == _region(user)
}

_region(resource) := object.get(resource, "region", "")

_delivery(configuration, kind) := sprintf("%s.%s_data_delivery_enabled", [_base(configuration), kind])

_base(configuration) := _block(configuration, "logging_config")

# A block's path: the provider's schema nests it singly up to version 5, in a list from version 6.
_block(resource, path) := max(object.keys(blocks)) if {
	blocks := settings.blocks(resource, path)
	count(blocks) > 0
} else := path

_sink(configuration, sink) := "yes" if {
	settings.text(configuration, _target(configuration, sink)) == "yes"
} else := "yes" if {
	settings.text(configuration, _target(configuration, sink)) == "untold"
	plain := concat(".", ["logging_config", sink.block, sink.attribute])
	count(terraform.sources(configuration, plain, {sink.type})) > 0
} else := settings.text(configuration, _target(configuration, sink))

_target(configuration, sink) := sprintf("%s.%s", [block, sink.attribute]) if {
	block := _block(configuration, sprintf("%s.%s", [_base(configuration), sink.block]))
}

_kept(account) := "yes" if {
	some setting in terraform.referring(account, _diagnostics, {"target_resource_id"})
	_keeps(setting) == "yes"
} else := "untold" if {
	some setting in terraform.referring(account, _diagnostics, {"target_resource_id"})
	_keeps(setting) == "untold"
} else := "untold" if {
	count(terraform.perhaps_referring(account, _diagnostics, {"target_resource_id"})) > 0
} else := "untold" if {
	count(terraform.unattached(_diagnostics, {"target_resource_id"})) > 0
} else := "no"

_keeps(setting) := "yes" if {
	some path, _ in settings.blocks(setting, "enabled_log")
	some name, accepted in _categories
	settings.one_of(setting, sprintf("%s.%s", [path, name]), accepted) == "yes"
} else := "untold" if {
	terraform.state(setting, "enabled_log") in {"unknown", "masked"}
} else := "untold" if {
	some path, _ in settings.blocks(setting, "enabled_log")
	some name, accepted in _categories
	settings.one_of(setting, sprintf("%s.%s", [path, name]), accepted) == "untold"
} else := "no"

_categories := {
	"category": {category | some category in _parameters.request_categories},
	"category_group": {group | some group in _parameters.request_category_groups},
}

_sinks := {
	{"block": "s3_config", "attribute": "bucket_name", "type": "aws_s3_bucket"},
	{"block": "cloudwatch_config", "attribute": "log_group_name", "type": "aws_cloudwatch_log_group"},
}

_configurations := terraform.planned("aws_bedrock_model_invocation_logging_configuration")

_bedrock_users contains user if {
	some type in {
		"aws_bedrock_custom_model",
		"aws_bedrock_guardrail",
		"aws_bedrock_inference_profile",
		"aws_bedrock_provisioned_model_throughput",
		"aws_bedrockagent_agent",
		"aws_bedrockagent_knowledge_base",
		"aws_bedrockagent_prompt",
	}
	some user in terraform.planned(type)
}

_azure_accounts contains account if {
	some type in {"azurerm_ai_services", "azurerm_cognitive_account"}
	some account in terraform.planned(type)
}

_diagnostics := {"azurerm_monitor_diagnostic_setting"}

# Of each type the switches of which one is enough.
_google_switches := {
	"google_dialogflow_cx_agent": [
		"advanced_settings.0.logging_settings.0.enable_interaction_logging",
		"advanced_settings.0.logging_settings.0.enable_stackdriver_logging",
		"enable_stackdriver_logging",
	],
	"google_gemini_logging_setting": ["log_prompts_and_responses"],
}

_parameters := input.profile.parameters.logging.invocation_logging
