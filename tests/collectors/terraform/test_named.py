"""References by value, where the configuration names none."""

from __future__ import annotations

import pytest


def addresses(plans, plan, address: str, path: str) -> list[tuple[str, bool]]:
    resource = plans.resource(plans.made(plan), address)
    return [(one["address"], one.get("ambiguous", False)) for one in resource["references"].get(path, [])]


@pytest.mark.parametrize(
    ("source", "path", "values", "target", "named"),
    [
        ("aws_s3_bucket_versioning.v", "bucket", {"bucket": "n"}, "aws_s3_bucket.b", {"bucket": "n"}),
        (
            "aws_sagemaker_endpoint.e",
            "endpoint_config_name",
            {"endpoint_config_name": "n"},
            "aws_sagemaker_endpoint_configuration.c",
            {"name": "n"},
        ),
        (
            "aws_bedrockagent_agent_action_group.g",
            "action_group_executor.lambda",
            {"action_group_executor": [{"lambda": "n"}]},
            "aws_lambda_function.f",
            {"arn": "n"},
        ),
        (
            "aws_bedrockagent_agent_action_group.g",
            "action_group_executor.lambda",
            {"action_group_executor": [{"lambda": "n"}]},
            "aws_lambda_alias.f",
            {"arn": "n"},
        ),
        (
            "aws_sagemaker_endpoint_configuration.c",
            "production_variants.model_name",
            {"production_variants": [{"model_name": "other"}, {"model_name": "n"}]},
            "aws_sagemaker_model.m",
            {"name": "n"},
        ),
        (
            "aws_sagemaker_data_quality_job_definition.d",
            "data_quality_job_input.endpoint_input.endpoint_name",
            {"data_quality_job_input": [{"endpoint_input": [{"endpoint_name": "n"}]}]},
            "aws_sagemaker_endpoint.e",
            {"name": "n"},
        ),
        (
            "azurerm_private_endpoint.p",
            "subnet_id",
            {"subnet_id": "/subscriptions/s/subnets/a"},
            "azurerm_subnet.a",
            {"id": "/subscriptions/s/subnets/a"},
        ),
        (
            "google_storage_bucket_iam_member.i",
            "bucket",
            {"bucket": "n"},
            "google_storage_bucket.b",
            {"name": "n"},
        ),
    ],
)
def test_a_known_name_is_a_reference(plans, source, path, values, target, named):
    plan = plans.plan(plans.change(source, values), plans.change(target, named))

    assert addresses(plans, plan, source, path) == [(target, False)]


def test_two_resources_of_one_name_are_ambiguous(plans):
    plan = plans.plan(
        plans.change("aws_s3_bucket_versioning.v", {"bucket": "n"}),
        plans.change("aws_s3_bucket.a", {"bucket": "n"}),
        plans.change("aws_s3_bucket.b", {"bucket": "n"}),
    )

    assert addresses(plans, plan, "aws_s3_bucket_versioning.v", "bucket") == [
        ("aws_s3_bucket.a", True),
        ("aws_s3_bucket.b", True),
    ]


@pytest.mark.parametrize(("one", "other"), [("", ""), ("n", "m"), ("n", "N"), (None, None), (1, 1)])
def test_nothing_empty_different_or_not_text_is_a_name(plans, one, other):
    plan = plans.plan(
        plans.change("aws_s3_bucket_versioning.v", {"bucket": one}), plans.change("aws_s3_bucket.a", {"bucket": other})
    )

    assert addresses(plans, plan, "aws_s3_bucket_versioning.v", "bucket") == []


def test_a_resource_in_another_region_is_not_meant(plans):
    plan = plans.plan(
        plans.change("aws_sagemaker_endpoint.e", {"endpoint_config_name": "n", "region": "eu-west-1"}),
        plans.change("aws_sagemaker_endpoint_configuration.c", {"name": "n", "region": "us-east-1"}),
    )

    assert addresses(plans, plan, "aws_sagemaker_endpoint.e", "endpoint_config_name") == []


def test_a_resource_that_goes_is_not_meant(plans):
    plan = plans.plan(
        plans.change("aws_s3_bucket_versioning.v", {"bucket": "n"}),
        plans.change("aws_s3_bucket.a", actions=("delete",), before={"bucket": "n"}),
    )

    assert addresses(plans, plan, "aws_s3_bucket_versioning.v", "bucket") == []


def test_a_name_decides_between_ambiguous_references(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.b")})]}
    plan = plans.plan(
        plans.change("aws_s3_bucket.b[0]", {"bucket": "n0"}),
        plans.change("aws_s3_bucket.b[1]", {"bucket": "n1"}),
        plans.change("aws_s3_bucket_versioning.v", {"bucket": "n1"}),
        root=root,
    )

    assert addresses(plans, plan, "aws_s3_bucket_versioning.v", "bucket") == [("aws_s3_bucket.b[1]", False)]


def test_a_name_adds_nothing_to_a_certain_reference(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.a.id")})]}
    plan = plans.plan(
        plans.change("aws_s3_bucket.a", {"bucket": "n"}),
        plans.change("aws_s3_bucket.b", {"bucket": "n"}),
        plans.change("aws_s3_bucket_versioning.v", {"bucket": "n"}),
        root=root,
    )

    assert addresses(plans, plan, "aws_s3_bucket_versioning.v", "bucket") == [("aws_s3_bucket.a", False)]


def test_a_local_with_a_known_value_is_joined_by_its_value(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("local.name")})]}
    plan = plans.plan(
        plans.change("aws_s3_bucket.a", {"bucket": "n"}),
        plans.change("aws_s3_bucket_versioning.v", {"bucket": "n"}),
        root=root,
    )

    assert addresses(plans, plan, "aws_s3_bucket_versioning.v", "bucket") == [
        ("local.name", False),
        ("aws_s3_bucket.a", False),
    ]


def crowd(plans, **given):
    buckets = [plans.change(f"aws_s3_bucket.b{number}", {"bucket": "n"}) for number in range(101)]
    return plans.plan(plans.change("aws_s3_bucket_versioning.v", {"bucket": "n"}), *buckets, **given)


def test_a_name_that_a_crowd_bears_is_as_good_as_unknown(plans):
    resource = plans.resource(plans.made(crowd(plans)), "aws_s3_bucket_versioning.v")

    assert resource["references"] == {}
    assert resource["unknown"] == ["bucket"]


def test_the_configuration_tells_which_one_of_a_crowd(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.b7.id")})]}
    resource = plans.resource(plans.made(crowd(plans, root=root)), "aws_s3_bucket_versioning.v")

    assert [one["address"] for one in resource["references"]["bucket"]] == ["aws_s3_bucket.b7"]
    assert resource["unknown"] == []


def test_a_path_that_is_crowded_by_one_type_names_nothing_of_another(plans):
    functions = [plans.change(f"aws_lambda_function.f{number}", {"arn": "n"}) for number in range(101)]
    plan = plans.plan(
        plans.change("aws_bedrockagent_agent_action_group.g", {"action_group_executor": [{"lambda": "n"}]}),
        plans.change("aws_lambda_alias.a", {"arn": "n"}),
        *functions,
    )
    resource = plans.resource(plans.made(plan), "aws_bedrockagent_agent_action_group.g")

    assert resource["references"] == {}
    assert resource["unknown"] == ["action_group_executor.lambda"]
