package policyctl.controls.agents.guardrail_attached_test

import data.policyctl.controls.agents.guardrail_attached as control
import data.policyctl.testing.terraform as make

test_an_agent_with_a_guardrail_passes if {
	agent := {"address": "aws_bedrockagent_agent.a", "values": {"guardrail_configuration": [{"guardrail_identifier": "g1", "guardrail_version": "3"}]}}
	_status([agent]) == "pass"
	control.resources == {"aws_bedrockagent_agent.a"} with input as _plan([agent])
}

test_an_agent_with_a_guardrail_of_the_same_plan_passes if {
	agent := {
		"address": "aws_bedrockagent_agent.a",
		"values": {"guardrail_configuration": [{}]},
		"unknown": ["guardrail_configuration.0.guardrail_identifier"],
		"references": {"guardrail_configuration": ["aws_bedrock_guardrail.g.guardrail_id"]},
	}
	_status([agent, _guardrail({"topic_policy_config": [{"topics_config": [{"name": "t", "type": "DENY"}]}]})]) == "pass"
	_status([agent]) == "undetermined"
}

test_an_agent_without_a_guardrail_fails if {
	every configuration in [null, [], [{}], [{"guardrail_identifier": ""}], [{"guardrail_identifier": 5}], "g1", {}] {
		_codes([{"address": "aws_bedrockagent_agent.a", "values": {"guardrail_configuration": configuration}}]) == {"no_guardrail"}
	}
	_codes([{"address": "aws_bedrockagent_agent.a"}]) == {"no_guardrail"}
}

test_a_guardrail_that_nobody_knows_is_undetermined if {
	_status([{"address": "aws_bedrockagent_agent.a", "unknown": ["guardrail_configuration"]}]) == "undetermined"
}

test_a_deployment_needs_a_policy if {
	_status([{"address": "azurerm_cognitive_deployment.d", "values": {"rai_policy_name": "strict"}}]) == "pass"
	_codes([{"address": "azurerm_cognitive_deployment.d", "values": {"rai_policy_name": null}}]) == {"no_guardrail"}
	_status([{"address": "azurerm_cognitive_deployment.d", "unknown": ["rai_policy_name"]}]) == "undetermined"
}

test_a_deployment_that_only_embeds_needs_none if {
	control.resources == set() with input as _plan([{
		"address": "azurerm_cognitive_deployment.d",
		"values": {"model": [{"name": "text-embedding-3-large"}]},
	}])
	every model in [[{"name": "gpt-4o"}], [{"name": 5}], [], null, "text-embedding"] {
		_codes([{"address": "azurerm_cognitive_deployment.d", "values": {"model": model}}]) == {"no_guardrail"}
	}
}

test_a_google_agent_needs_a_guardrail if {
	_status([{"address": "google_ces_agent.a", "values": {"guardrails": ["projects/p/guardrails/g"]}}]) == "pass"
	_codes([{"address": "google_ces_agent.a", "values": {"guardrails": []}}]) == {"no_guardrail"}
}

test_each_policy_that_stops_something_is_enough if {
	every values in [
		{"content_policy_config": [{"filters_config": [{"type": "HATE", "input_strength": "MEDIUM", "output_strength": "NONE"}]}]},
		{"content_policy_config": [{"filters_config": [{"type": "HATE", "input_strength": "NONE", "output_strength": "HIGH"}]}]},
		{"topic_policy_config": [{"topics_config": [{"name": "t", "type": "DENY"}]}]},
		{"sensitive_information_policy_config": [{"pii_entities_config": [{"type": "EMAIL", "action": "ANONYMIZE"}], "regexes_config": []}]},
		{"sensitive_information_policy_config": [{"pii_entities_config": [], "regexes_config": [{"name": "r", "action": "BLOCK"}]}]},
	] {
		_status([_guardrail(values)]) == "pass"
	}
}

test_a_guardrail_is_looked_at if {
	control.resources == {"aws_bedrock_guardrail.g"} with input as _plan([_guardrail({})])
}

test_a_guardrail_that_stops_nothing_fails if {
	every values in [
		{},
		{"content_policy_config": [], "topic_policy_config": []},
		{"content_policy_config": [{"filters_config": [{"type": "HATE", "input_strength": "NONE", "output_strength": "LOW"}]}]},
		{"content_policy_config": "HIGH"},
		{"content_policy_config": [{"filters_config": [{"type": "HATE", "input_strength": ["HIGH"]}]}]},
		{"topic_policy_config": [{"topics_config": [{"name": "t", "type": "ALLOW"}]}]},
		{"sensitive_information_policy_config": [{"pii_entities_config": [{"action": "NONE"}]}]},
		{"word_policy_config": [{"managed_word_lists_config": [{"type": "PROFANITY"}]}]},
	] {
		_codes([_guardrail(values)]) == {"empty_guardrail"}
	}
}

test_without_the_parameter_no_content_filter_counts if {
	guardrail := _guardrail({"content_policy_config": [{"filters_config": [{"type": "HATE", "input_strength": "HIGH"}]}]})
	{f.code | some f in control.findings} == {"empty_guardrail"} with input as make.plan([guardrail])
}

test_a_guardrail_of_which_something_is_not_known_is_undetermined if {
	_status([object.union(_guardrail({}), {"unknown": ["topic_policy_config.0.topics_config"]})]) == "undetermined"
	_status([object.union(_guardrail({}), {"unknown": ["content_policy_config"]})]) == "undetermined"
	_status([object.union(_guardrail({}), {"masked": ["topic_policy_config.0.topics_config.0.type"]})]) == "undetermined"
	_status([object.union(_guardrail({}), {"unknown": ["kms_key_arn"]})]) == "fail"
}

test_an_azure_policy_needs_a_filter_that_blocks if {
	good := {"name": "Hate", "filter_enabled": true, "block_enabled": true}
	_status([{"address": "azurerm_cognitive_account_rai_policy.p", "values": {"content_filter": [good]}}]) == "pass"
	every filter in [object.union(good, {"block_enabled": false}), object.union(good, {"filter_enabled": false}), {}, object.union(good, {"block_enabled": "true"})] {
		_codes([{"address": "azurerm_cognitive_account_rai_policy.p", "values": {"content_filter": [filter]}}]) == {"empty_guardrail"}
	}
}

test_a_google_template_needs_a_filter if {
	every settings in [
		{"rai_settings": [{"rai_filters": [{"filter_type": "HATE_SPEECH", "confidence_level": "HIGH"}]}]},
		{"pi_and_jailbreak_filter_settings": [{"filter_enforcement": "ENABLED"}]},
		{"malicious_uri_filter_settings": [{"filter_enforcement": "ENABLED"}]},
		{"sdp_settings": [{"basic_config": [{"filter_enforcement": "ENABLED"}]}]},
	] {
		_status([{"address": "google_model_armor_template.t", "values": {"filter_config": [settings]}}]) == "pass"
	}
	every settings in [{}, {"pi_and_jailbreak_filter_settings": [{"filter_enforcement": "DISABLED"}]}, {"rai_settings": [{"rai_filters": [{}]}]}] {
		_codes([{"address": "google_model_armor_template.t", "values": {"filter_config": [settings]}}]) == {"empty_guardrail"}
	}
}

test_a_deleted_agent_is_not_looked_at if {
	control.resources == set() with input as _plan([{"address": "aws_bedrockagent_agent.a", "action": "delete"}])
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "empty_guardrail",
		"resource": "aws_bedrock_guardrail.g",
		"message": "the guardrail stops nothing: no content filter, denied topic or rule for sensitive information takes effect",
		"path": ["values"],
	}} with input as _plan([_guardrail({})])
	control.findings == {{
		"code": "no_guardrail",
		"resource": "google_ces_agent.a",
		"message": "no guardrail is attached",
		"path": ["values", "guardrails"],
	}} with input as _plan([{"address": "google_ces_agent.a", "values": {"guardrails": []}}])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "aws_bedrock_guardrail.g",
		"path": ["values"],
		"reason": "what the guardrail stops is masked or known only after apply",
	}} with input as _plan([object.union(_guardrail({}), {"unknown": ["content_policy_config"]})])
	control.undetermined == set() with input as _plan([_guardrail({})])
}

test_a_deployment_whose_policy_the_same_plan_makes_passes if {
	deployment := {
		"address": "azurerm_cognitive_deployment.d",
		"unknown": ["rai_policy_name"],
		"references": {"rai_policy_name": ["azurerm_cognitive_account_rai_policy.p.name"]},
	}
	filter := {"name": "Hate", "filter_enabled": true, "block_enabled": true}
	policy := {"address": "azurerm_cognitive_account_rai_policy.p", "values": {"content_filter": [filter]}}
	_status([deployment, policy]) == "pass"
	_status([deployment]) == "undetermined"
}

test_a_google_agent_whose_guardrail_the_same_plan_makes_passes if {
	agent := {
		"address": "google_ces_agent.a",
		"unknown": ["guardrails"],
		"references": {"guardrails": ["google_ces_guardrail.g.name"]},
	}
	_status([agent, {"address": "google_ces_guardrail.g"}]) == "pass"
	_status([agent]) == "undetermined"
}

test_only_a_model_of_azure_is_known_to_embed if {
	_codes([{"address": "aws_bedrockagent_agent.a", "values": {"model": [{"name": "text-embedding-3-large"}]}}]) == {"no_guardrail"}
}

test_whatever_part_of_a_guardrail_is_not_known_may_stop_something if {
	every address, block in {
		"aws_bedrock_guardrail.g": "sensitive_information_policy_config",
		"azurerm_cognitive_account_rai_policy.g": "content_filter",
		"google_model_armor_template.g": "filter_config",
	} {
		_status([{"address": address, "unknown": [block]}]) == "undetermined"
	}
}

test_a_guardrail_that_stops_something_is_told_though_a_part_is_not_known if {
	guardrail := _guardrail({"topic_policy_config": [{"topics_config": [{"name": "t", "type": "DENY"}]}]})
	_status([object.union(guardrail, {"unknown": ["content_policy_config"]})]) == "pass"
}

test_a_strength_counts_on_the_side_of_questions_and_of_answers_only if {
	_codes([_guardrail({"content_policy_config": [{"filters_config": [{"type": "HATE", "strength": "HIGH"}]}]})]) == {"empty_guardrail"}
	_codes([_guardrail({"sensitive_information_policy_config": [{"rules": [{"action": "BLOCK"}]}]})]) == {"empty_guardrail"}
	_codes([_google({"other_settings": [{"filter_enforcement": "ENABLED"}]})]) == {"empty_guardrail"}
}

test_a_filter_that_does_not_say_what_it_filters_stops_nothing if {
	_codes([_guardrail({"content_policy_config": [{"filters_config": [{"input_strength": "HIGH"}]}]})]) == {"empty_guardrail"}
	_codes([_guardrail({"topic_policy_config": [{"topics_config": [{"type": "DENY"}]}]})]) == {"empty_guardrail"}
	_codes([_google({"rai_settings": [{"rai_filters": [{"filter_type": 1}]}]})]) == {"empty_guardrail"}
}

test_of_several_google_settings_one_that_is_enabled_is_enough if {
	on := {"filter_enforcement": "ENABLED"}
	off := {"filter_enforcement": "DISABLED"}
	every settings in [
		{"malicious_uri_filter_settings": [off, on]},
		{"sdp_settings": [{"basic_config": [off]}, {"basic_config": [off, on]}]},
	] {
		_status([_google(settings)]) == "pass"
	}
	_codes([_google({"sdp_settings": [{"basic_config": [off]}]})]) == {"empty_guardrail"}
	_codes([_google({})]) == {"empty_guardrail"}
}

_google(settings) := {"address": "google_model_armor_template.t", "values": {"filter_config": [settings]}}

_guardrail(values) := {"address": "aws_bedrock_guardrail.g", "values": values}

_plan(resources) := make.plan_for(resources, {"agents": {"guardrail_attached": {"strengths": ["MEDIUM", "HIGH"]}}})

_codes(resources) := {f.code | some f in control.findings with input as _plan(resources)}

_status(resources) := status if {
	plan := _plan(resources)
	failing := count(control.findings) with input as plan
	untold := count(control.undetermined) with input as plan
	status := _named(failing, untold)
}

_named(failing, untold) := "fail" if {
	failing > 0
} else := "undetermined" if {
	untold > 0
} else := "pass"
