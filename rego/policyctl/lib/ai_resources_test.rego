package policyctl.lib.ai_resources_test

import data.policyctl.lib.ai_resources

test_no_type_is_both_a_system_and_a_workbench if {
	ai_resources.systems & ai_resources.workbenches == set()
}

test_keys_are_compared_without_case_and_separators if {
	every key in ["AiRiskTier", "ai-risk-tier", "ai_risk_tier", "Ai Risk/Tier", "ai.risk:tier"] {
		ai_resources.label(resource("aws_thing", {"tags": {key: " high "}}), ["ai_risk_tier"]) == {"high"}
	}
	ai_resources.label(resource("aws_thing", {"tags": {"ai_risk": "high"}}), ["ai_risk_tier"]) == set()
}

test_only_text_that_is_not_blank_is_a_label if {
	every text in ["", " ", 7, null, ["x"], {"y": "x"}, true] {
		ai_resources.label(resource("aws_thing", {"tags": {"owner": text}}), ["owner"]) == set()
	}
}

test_labels_of_the_provider_block_are_read_where_the_provider_shows_them if {
	ai_resources.label(resource("aws_thing", {"tags_all": {"owner": "x"}}), ["owner"]) == {"x"}
	ai_resources.label(resource("google_thing", {"effective_labels": {"owner": "x"}}), ["owner"]) == {"x"}
	ai_resources.label(resource("azurerm_thing", {"tags_all": {"owner": "x"}}), ["owner"]) == set()
}

test_what_the_labels_have_under_a_key_is_open_while_they_are_not_known if {
	untold({"unknown": ["tags"]}) == true
	untold({"masked": ["tags"]}) == true
	untold({"unknown": ["tags.Owner"]}) == true
	untold({"masked": ["tags_all.Owner"]}) == true
	untold({"unknown": ["tags.Other"], "computed": ["tags_all"]}) == true
	untold({"unknown": ["tags.Other"]}) == false
	untold({"computed": ["tags_all"]}) == false
	untold({}) == false
}

test_the_attribute_is_the_one_that_the_configuration_writes if {
	ai_resources.label_attribute(resource("google_thing", {})) == "labels"
	ai_resources.label_attribute(resource("aws_thing", {})) == "tags"
}

untold(marks) := ai_resources.label_untold(object.union(resource("aws_thing", {"tags": {}}), marks), ["owner"])

resource(type, values) := {
	"type": type,
	"address": sprintf("%s.a", [type]),
	"values": values,
	"unknown": [],
	"computed": [],
	"masked": [],
	"references": {},
}

test_a_duty_is_owed_by_its_classes_and_by_what_names_none if {
	duty_of("high") == "yes"
	duty_of(" High ") == "yes"
	duty_of("") == "yes"
	duty_of("minimal") == "no"
	duty_of("other") == "untold"
}

test_of_two_classes_the_stricter_counts if {
	with_minimal("high") == "yes"
	with_minimal("other") == "untold"
	with_minimal("minimal") == "no"
}

test_a_class_that_is_not_shown_leaves_the_duty_open if {
	hidden := object.union(resource("aws_thing", {}), {"unknown": ["tags.risk"]})
	ai_resources.duty(hidden, duties) == "untold"
	ai_resources.duty(hidden, duties) == "yes" with input.system.classes as [{"id": "high_risk"}]
}

duty_of(class) := ai_resources.duty(resource("aws_thing", {"tags": {"risk": class}}), duties)

with_minimal(class) := ai_resources.duty(labelled_twice, duties) if {
	labelled_twice := resource("aws_thing", {"tags": {"risk": class}, "tags_all": {"risk": "minimal"}})
}

duties := {"risk_class_keys": ["risk"], "owed_for": ["high"], "not_owed_for": ["minimal"]}
