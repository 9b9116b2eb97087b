"""Actions, deposed instances, providers, regions, systems."""

from __future__ import annotations

import pytest

from policyctl.collectors.terraform.named import RULES


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        (["create"], "create"),
        (["update"], "update"),
        (["no-op"], "no-op"),
        (["read"], "read"),
        (["delete"], "delete"),
        (["forget"], "forget"),
        (["delete", "create"], "replace"),
        (["create", "delete"], "replace"),
    ],
)
def test_each_list_of_actions_is_one_word(plans, actions, expected):
    collected = plans.made(plans.plan(plans.change("aws_kms_key.k", actions=actions)))

    assert plans.resource(collected, "aws_kms_key.k")["action"] == expected


def test_a_deposed_instance_has_its_key_in_its_address(plans):
    collected = plans.made(
        plans.plan(
            plans.change("aws_kms_key.k", {}), plans.change("aws_kms_key.k", actions=("delete",), deposed="1a2b3c4d")
        )
    )

    assert [one["address"] for one in plans.all(collected)] == [
        "aws_kms_key.k",
        "aws_kms_key.k (deposed object 1a2b3c4d)",
    ]


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ([("delete",)], True),
        ([("delete",), ("forget",)], True),
        ([("forget",)], False),
        ([("delete",), ("no-op",)], False),
        ([("delete",), ("create",)], False),
        ([], False),
    ],
)
def test_a_plan_destroys_only_when_nothing_is_left(plans, actions, expected):
    changes = [plans.change(f"aws_kms_key.k[{at}]", actions=one) for at, one in enumerate(actions)]

    collected = plans.made(plans.plan(*changes))

    assert collected.facts["destroy_only"] is expected
    assert bool(collected.notes) is expected


@pytest.mark.parametrize(
    ("provider_name", "expected"),
    [
        ("registry.terraform.io/hashicorp/aws", "aws"),
        ("registry.opentofu.org/hashicorp/azurerm", "azurerm"),
        ("registry.terraform.io/hashicorp/google-beta", "google"),
        ("aws", "aws"),
        ("", "aws"),
    ],
)
def test_a_provider_is_told_by_its_short_name(plans, provider_name, expected):
    change = {**plans.change("aws_kms_key.k", {}), "provider_name": provider_name}

    assert plans.resource(plans.made(plans.plan(change)), "aws_kms_key.k")["provider"] == expected


def region(plans, values, provider=None, key="aws", variables=None):
    root = {"resources": [plans.config("aws_x_thing.t", {}, provider_config_key=key)]}
    plan = plans.plan(plans.change("aws_x_thing.t", values), root=root, variables=variables or {})
    plan["configuration"]["provider_config"] = provider or {}
    return plans.resource(plans.made(plan), "aws_x_thing.t").get("region")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"region": "eu-west-1"}, "eu-west-1"),
        ({"location": "West Europe"}, "westeurope"),
        ({"zone": "europe-west4-a"}, "europe-west4"),
        ({"zone": "projects/p/zones/us-central1-a"}, "us-central1"),
        ({"location": "EU"}, "eu"),
        ({"region": None}, None),
        ({}, None),
    ],
)
def test_a_resources_own_region(plans, values, expected):
    assert region(plans, values) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ({"constant_value": "eu-west-1"}, "eu-west-1"),
        ({"references": ["var.region"]}, "us-east-1"),
        ({"references": ["var.other"]}, None),
        ({"references": ["var.region", "var.other"]}, None),
        ({"references": ["local.region"]}, None),
    ],
)
def test_the_providers_region(plans, expression, expected):
    provider = {"aws": {"name": "aws", "expressions": {"region": expression}}}

    assert region(plans, {}, provider, variables={"region": {"value": "us-east-1"}}) == expected


def test_an_aliased_provider_has_its_own_region(plans):
    provider = {
        "aws": {"expressions": {"region": {"constant_value": "eu-west-1"}}},
        "aws.us": {"expressions": {"region": {"constant_value": "us-east-1"}}},
    }

    assert region(plans, {}, provider, key="aws.us") == "us-east-1"


def test_a_child_modules_provider_falls_back_to_the_roots(plans):
    provider = {"aws": {"expressions": {"region": {"constant_value": "eu-west-1"}}}}

    assert region(plans, {}, provider, key="child:aws") == "eu-west-1"


@pytest.mark.parametrize(
    "tags",
    [
        {"tags": {"policyctl:system": "credit"}},
        {"tags": {"ai-system": "credit"}},
        {"labels": {"ai_system": "credit"}},
        {"tags_all": {"system": "credit"}},
        {"tags": {"AiSystemId": "credit"}},
    ],
)
def test_the_system_that_tags_name(plans, tags):
    assert plans.made(plans.plan(plans.change("aws_kms_key.k", tags))).system_id == "credit"


def test_tags_that_name_two_systems_name_none_and_it_is_said(plans):
    collected = plans.made(
        plans.plan(
            plans.change("aws_kms_key.a", {"tags": {"system": "one"}}),
            plans.change("aws_kms_key.b", {"tags": {"system": "two"}}),
        )
    )

    assert collected.system_id is None
    assert collected.notes == ("tags name 2 systems (one, two): none is taken",)


def test_a_deleted_resource_names_no_system(plans):
    change = plans.change("aws_kms_key.k", actions=("delete",), before={"tags": {"system": "old"}})

    assert plans.made(plans.plan(change)).system_id is None


def test_types_are_sorted_and_instances_in_the_plans_order(plans):
    collected = plans.made(plans.plan(plans.change("b_t.x", {}), plans.change("a_t.z", {}), plans.change("a_t.y", {})))

    assert [(type_, [one["name"] for one in members]) for type_, members in collected.facts["resources"].items()] == [
        ("a_t", ["z", "y"]),
        ("b_t", ["x"]),
    ]


def test_every_rule_by_value_stays_within_one_provider():
    for rule in RULES:
        assert rule.source.split("_")[0] == rule.target.split("_")[0]
