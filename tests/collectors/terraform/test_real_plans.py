"""Facts of real plans, expected as read from their .tf files and plans."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data" / "terraform"
PLANS = sorted(str(path.relative_to(DATA)) for path in DATA.rglob("plan*.json") if "bad" not in path.parts)


@pytest.mark.parametrize("name", PLANS)
def test_every_recorded_plan_is_read_whole(plans, name):
    collected = plans.read(name)

    raw = (DATA / name).read_bytes()
    plan = json.loads(raw.decode("utf-16") if raw[:2] == b"\xff\xfe" else raw)
    addresses = [one["address"] for one in plans.all(collected)]
    assert {one["address"] for one in plan["resource_changes"]} <= set(addresses)
    assert len(addresses) == len(set(addresses))
    assert collected.gaps == ()


def test_every_position_points_at_the_resource_it_names(plans):
    for name in PLANS:
        facts = plans.read(name).facts
        for members in facts["resources"].values():
            for resource in members:
                for references in resource["references"].values():
                    for one in references:
                        if "at" in one:
                            assert facts["resources"][one["type"]][one["at"]]["address"] == one["address"]
        for address, referrers in facts["referenced_by"].items():
            for one in referrers:
                referrer = facts["resources"][one["type"]][one["at"]]
                assert referrer["address"] == one["address"]
                assert address in [to["address"] for to in referrer["references"][one["path"]]]


@pytest.fixture(scope="module")
def fleet(plans_once):
    return plans_once.read("hcl/model-fleet/plan.json")


def test_each_endpoint_of_the_fleet_refers_to_its_own_modules_configuration(fleet):
    endpoints = fleet.facts["resources"]["aws_sagemaker_endpoint"]

    assert len(endpoints) == 48
    for endpoint in endpoints:
        (reference,) = endpoint["references"]["endpoint_config_name"]
        assert reference["address"] == f"{endpoint['module']}.aws_sagemaker_endpoint_configuration.this"
        assert "ambiguous" not in reference
        assert "at" in reference


def test_the_eight_endpoints_without_a_key_are_not_given_a_siblings_key(fleet):
    """`count = var.encrypt ? 1 : 0`: the operations models have none, and name one all the same."""
    without = []
    for configuration in fleet.facts["resources"]["aws_sagemaker_endpoint_configuration"]:
        (key,) = [one for one in configuration["references"]["kms_key_arn"] if one["type"]]
        assert key["address"] == f"{configuration['module']}.aws_kms_key.this[0]"
        if "at" not in key:
            without.append(configuration["module"])
            assert configuration["values"]["kms_key_arn"] is None
            assert "kms_key_arn" not in configuration["unknown"] + configuration["computed"]
    assert len(without) == 8
    assert all(module.startswith('module.service["operations-') for module in without)


def test_the_fleets_model_is_referred_to_by_its_own_configuration_only(fleet):
    module = 'module.service["people-cv-rank"]'

    assert fleet.facts["referenced_by"][f"{module}.aws_sagemaker_model.this"] == [
        {
            "address": f"{module}.aws_sagemaker_endpoint_configuration.this",
            "type": "aws_sagemaker_endpoint_configuration",
            "at": [one["module"] for one in fleet.facts["resources"]["aws_sagemaker_endpoint_configuration"]].index(
                module
            ),
            "path": "production_variants.model_name",
        }
    ]


def test_an_alarm_two_modules_down_finds_its_endpoint_by_name(fleet):
    """`dimensions = { EndpointName = var.endpoint }`, and var.endpoint is the for_each key of the service."""
    address = 'module.service["service-chat"].module.alarms.aws_cloudwatch_metric_alarm.this["ModelLatency"]'
    (alarm,) = [one for one in fleet.facts["resources"]["aws_cloudwatch_metric_alarm"] if one["address"] == address]

    (endpoint,) = alarm["references"]["dimensions.EndpointName"]
    assert endpoint["address"] == 'module.service["service-chat"].aws_sagemaker_endpoint.this'


def test_data_capture_in_the_fleet_is_opaque_where_a_dynamic_block_made_it(fleet):
    """The `dynamic` block is there for high and limited risk but people-cv-rank: 24 + 8 - 1 models."""
    opaque = [
        one["module"]
        for one in fleet.facts["resources"]["aws_sagemaker_endpoint_configuration"]
        if one["opaque"] == ["data_capture_config"]
    ]

    assert len(opaque) == 31
    assert 'module.service["people-cv-rank"]' not in opaque


def test_the_region_comes_from_the_providers_variable(fleet):
    assert {one["region"] for members in fleet.facts["resources"].values() for one in members} == {"eu-west-1"}


def test_unknown_and_computed_of_the_compliant_endpoint(plans):
    configuration = plans.resource(
        plans.read("hcl/sagemaker-endpoint/compliant/plan.json"), "aws_sagemaker_endpoint_configuration.this"
    )

    assert configuration["unknown"] == ["data_capture_config.0.kms_key_id", "kms_key_arn"]
    assert configuration["computed"] == ["arn", "id", "name_prefix", "production_variants.0.volume_size_in_gb"]
    for path in ("kms_key_arn", "data_capture_config.kms_key_id"):
        assert configuration["references"][path] == [
            {"address": "aws_kms_key.ml", "type": "aws_kms_key", "attribute": "arn", "at": 0}
        ]


def test_a_deferred_data_source_shows_the_statements_it_will_have(plans):
    collected = plans.read("hcl/sagemaker-endpoint/compliant/plan.json")
    document = plans.resource(collected, "data.aws_iam_policy_document.execution")

    assert document["action"] == "read"
    assert document["reason"] == "read_because_config_unknown"
    assert len(document["values"]["statement"]) == 4
    assert document["unknown"] == ["statement.3.resources.0"]
    assert document["references"]["statement.resources"][-1]["address"] == "aws_kms_key.ml"


def test_a_data_source_that_was_read_comes_from_the_prior_state(plans):
    collected = plans.read("hcl/sagemaker-endpoint/compliant/plan.json")
    role = plans.resource(collected, "aws_iam_role.execution")

    (policy,) = role["references"]["assume_role_policy"]
    assert policy["address"] == "data.aws_iam_policy_document.assume_sagemaker"
    document = collected.facts["resources"]["aws_iam_policy_document"][policy["at"]]
    assert document["action"] == "read"
    assert "sagemaker.amazonaws.com" in document["values"]["json"]
    assert document["unknown"] == document["computed"] == []


def test_two_references_in_one_block_attribute(plans):
    """The agent's guardrail_configuration is an attribute written as a block: its references stand together."""
    agent = plans.resource(plans.read("hcl/bedrock-agent/compliant/plan.json"), "aws_bedrockagent_agent.claims")

    assert [(one["address"], one["attribute"]) for one in agent["references"]["guardrail_configuration"]] == [
        ("aws_bedrock_guardrail.customer", "guardrail_id"),
        ("aws_bedrock_guardrail_version.customer", "version"),
    ]
    assert "guardrail_configuration.0.guardrail_identifier" in agent["unknown"]


def test_dynamic_blocks_beside_static_ones_are_opaque(plans):
    guardrail = plans.resource(plans.read("hcl/bedrock-agent/compliant/plan.json"), "aws_bedrock_guardrail.customer")

    assert guardrail["opaque"] == [
        "content_policy_config.filters_config",
        "sensitive_information_policy_config.pii_entities_config",
    ]


def test_the_token_of_the_noncompliant_model_does_not_travel(plans):
    """A sensitive variable, whose default stands in clear text in the plan, in an environment of the model."""
    collected = plans.read("hcl/sagemaker-endpoint/noncompliant/plan.json")
    model = plans.resource(collected, "aws_sagemaker_model.this")

    assert model["masked"] == ["primary_container.0.environment.HUGGING_FACE_HUB_TOKEN"]
    assert model["values"]["primary_container"][0]["environment"]["HF_TRUST_REMOTE_CODE"] == "true"
    assert "hf_example" not in json.dumps(collected.facts)


def test_actions_of_the_registrys_life(plans):
    collected = plans.read("hcl/registry-lifecycle/after/plan.json")

    actions = {one["address"]: one["action"] for one in plans.all(collected)}
    assert actions == {
        "terraform_data.endpoint": "replace",
        "terraform_data.gateway": "replace",
        'terraform_data.model["churn"]': "update",
        'terraform_data.model["legacy-scorer"]': "delete",
        'terraform_data.model["next-offer"]': "create",
        'terraform_data.model["uplift"]': "update",
        "terraform_data.model_card": "no-op",
        "terraform_data.shadow": "forget",
    }
    legacy = plans.resource(collected, 'terraform_data.model["legacy-scorer"]')
    assert legacy["reason"] == "delete_because_each_key"
    assert legacy["values"] == {}
    assert "not-a-real-key" not in json.dumps(collected.facts)


def test_a_plan_that_only_destroys_says_so(plans):
    collected = plans.read("hcl/registry-lifecycle/after/plan-destroy.json")

    assert collected.facts["destroy_only"] is True
    assert collected.notes == ("the plan only destroys: 7 resources are deleted, nothing is created or kept",)


def test_a_reference_through_a_modules_variable_and_anothers_output(plans):
    """The model's `subnets = var.subnet_ids`, given as module.networking.private_subnet_ids."""
    collected = plans.read("plan-aws-sagemaker-whisper.json")
    model = plans.resource(collected, "module.sagemaker.aws_sagemaker_model.whisper")

    assert [(one["address"], one["ambiguous"]) for one in model["references"]["vpc_config.subnets"]] == [
        ("module.networking.aws_subnet.private[0]", True),
        ("module.networking.aws_subnet.private[1]", True),
    ]
    (group,) = model["references"]["vpc_config.security_group_ids"]
    assert group["address"] == "module.networking.aws_security_group.sagemaker"
    assert group["attribute"] == "id"


def test_a_state_that_names_resources_from_their_module_on_adds_none_twice(plans):
    """Terraform 0.12 writes `aws_alb.alb` for what the change calls `module.alb.aws_alb.alb`."""
    collected = plans.read("plan-aws-compliance-mixed-249.json")

    managed = [one["address"] for one in plans.all(collected) if one["mode"] == "managed"]
    assert len(managed) == 24
    assert "module.alb.aws_alb.alb" in managed
    assert "aws_alb.alb" not in managed


def test_instances_that_such_a_state_calls_by_one_address_are_all_read(plans):
    """The state holds 95 data sources; 60 of them stand under one address a module, with the index apart."""
    collected = plans.read("plan-aws-compliance-mixed-249.json")

    data = [one["address"] for one in plans.all(collected) if one["mode"] == "data"]
    assert len(data) == len(set(data)) == 95
    assert "module.data-utils.data.null_data_source.tags_as_list_of_maps[9]" in data


def test_google_beta_is_google(plans):
    providers = {one["provider"] for one in plans.all(plans.read("plan-google-platform-100.json"))}

    assert "google" in providers
    assert "google-beta" not in providers


def test_the_system_is_the_one_that_the_tags_name(plans):
    """`AiSystemId = "AIS-0107"` in the locals of the agent's root."""
    assert plans.read("hcl/bedrock-agent/compliant/plan.json").system_id == "AIS-0107"


def test_most_of_what_is_unknown_only_the_provider_may_set(plans):
    unknown = computed = 0
    for name in PLANS:
        for resource in plans.all(plans.read(name)):
            unknown += len(resource["unknown"])
            computed += len(resource["computed"])

    assert 0.9 < computed / (computed + unknown) < 0.95
