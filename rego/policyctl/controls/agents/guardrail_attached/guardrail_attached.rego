# METADATA
# scope: package
# description: |
#   What talks to people or acts for them does so behind a guardrail, and the guardrail stops something. Attribute names are those of
#   hashicorp/aws 5.100, hashicorp/azurerm 4 and 5, hashicorp/google 7 and 8.
package policyctl.controls.agents.guardrail_attached

import data.policyctl.lib.required
import data.policyctl.lib.terraform

resources contains resource.address if some [resource, _] in _judged

resources contains guardrail.address if some guardrail in _guardrails

# METADATA
# description: Nobody names a guardrail.
findings contains required.finding(resource, rule) if {
	some [resource, rule] in _judged
	required.verdict(resource, rule) == "no"
}

# METADATA
# description: A guardrail whose policies stop nothing.
findings contains finding if {
	some guardrail in _guardrails
	count(_stops(guardrail)) == 0
	not _may_stop(guardrail)

	finding := {
		"code": "empty_guardrail",
		"resource": guardrail.address,
		"message": "the guardrail stops nothing: no content filter, denied topic or rule for sensitive information takes effect",
		"path": ["values"],
	}
}

# METADATA
# description: The guardrail is masked or known only after apply, and nothing in this plan gives it.
undetermined contains required.entry(resource, rule) if {
	some [resource, rule] in _judged
	required.verdict(resource, rule) == "untold"
}

undetermined contains entry if {
	some guardrail in _guardrails
	count(_stops(guardrail)) == 0
	_may_stop(guardrail)
	entry := {"resource": guardrail.address, "path": ["values"], "reason": "what the guardrail stops is masked or known only after apply"}
}

_judged := [[resource, rule] |
	some type, rule in _required
	some resource in terraform.planned(type)
	not _embeds(resource)
]

# A model that only turns text into numbers has no words to filter.
_embeds(resource) if {
	resource.type == "azurerm_cognitive_deployment"
	name := terraform.value(resource, "model.0.name")
	is_string(name)
	startswith(name, "text-embedding")
}

_required := {
	"aws_bedrockagent_agent": _rule({
		"path": "guardrail_configuration.guardrail_identifier",
		"text": true,
		"origins": {"aws_bedrock_guardrail"},
		"referenced_at": "guardrail_configuration",
	}),
	"azurerm_cognitive_deployment": _rule({
		"path": "rai_policy_name",
		"text": true,
		"origins": {"azurerm_cognitive_account_rai_policy"},
	}),
	"google_ces_agent": _rule({"path": "guardrails", "texts": true, "origins": {"google_ces_guardrail"}}),
}

_rule(alternative) := {"code": "no_guardrail", "message": "no guardrail is attached", "any": [alternative]}

_guardrails := {guardrail | some type, _ in _policies; some guardrail in terraform.planned(type)}

# The blocks in which each provider writes what a guardrail stops.
_policies := {
	"aws_bedrock_guardrail": ["content_policy_config", "topic_policy_config", "sensitive_information_policy_config"],
	"azurerm_cognitive_account_rai_policy": ["content_filter"],
	"google_model_armor_template": ["filter_config"],
}

# Whether a part of it that could stop something is not known.
_may_stop(guardrail) if {
	some block in _policies[guardrail.type]
	some path in [path | some paths in [guardrail.unknown, guardrail.masked]; some path in paths]
	_within(path, block)
}

_within(path, block) if path == block

_within(path, block) if startswith(path, concat("", [block, "."]))

# What takes effect, one entry each.
_stops(guardrail) := {["content", filter.type] |
	some policy in terraform.value(guardrail, "content_policy_config")
	some filter in policy.filters_config
	some side in ["input_strength", "output_strength"]
	filter[side] in _strengths
} | ({["topic", topic.name] |
	some policy in terraform.value(guardrail, "topic_policy_config")
	some topic in policy.topics_config
	topic.type == "DENY"
} | {["information", kind, number] |
	some policy in terraform.value(guardrail, "sensitive_information_policy_config")
	some kind in ["pii_entities_config", "regexes_config"]
	some number, rule in policy[kind]
	rule.action in {"BLOCK", "ANONYMIZE"}
}) if {
	guardrail.type == "aws_bedrock_guardrail"
}

_stops(guardrail) := {["content", number] |
	some number, filter in terraform.value(guardrail, "content_filter")
	filter.filter_enabled == true
	filter.block_enabled == true
} if {
	guardrail.type == "azurerm_cognitive_account_rai_policy"
}

_stops(guardrail) := {["content", filter.filter_type] |
	some settings in terraform.value(guardrail, "filter_config")
	some rai in settings.rai_settings
	some filter in rai.rai_filters
	is_string(filter.filter_type)
} | ({[name] |
	some settings in terraform.value(guardrail, "filter_config")
	some name in ["pi_and_jailbreak_filter_settings", "malicious_uri_filter_settings"]
	some filter in settings[name]
	filter.filter_enforcement == "ENABLED"
} | {["information"] |
	some settings in terraform.value(guardrail, "filter_config")
	some sdp in settings.sdp_settings
	some basic in sdp.basic_config
	basic.filter_enforcement == "ENABLED"
}) if {
	guardrail.type == "google_model_armor_template"
}

_strengths := {strength | some strength in input.profile.parameters.agents.guardrail_attached.strengths}
