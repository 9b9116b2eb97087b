"""What passes on a description in another system's words is told, with what kind of thing it is where the plan says so."""

from __future__ import annotations

import pytest


def carriers(plans, *changes, **more):
    return plans.made(plans.plan(*changes, **more)).facts["carriers"]


@pytest.mark.parametrize(
    ("address", "after", "form", "holds"),
    [
        ("awscc_sagemaker_model.a", {}, "aws_api", "sagemaker_model"),
        ("aws_cloudcontrolapi_resource.a", {"type_name": "AWS::SageMaker::Model"}, "aws_api", "AWS::SageMaker::Model"),
        ("aws_cloudcontrolapi_resource.a", {}, "aws_api", None),
        ("azapi_resource.a", {"type": "Microsoft.Search/x@2024-06-01"}, "azure_api", "Microsoft.Search/x@2024-06-01"),
        ("azapi_resource.a", {"type": 5}, "azure_api", None),
        ("azapi_new_thing.a", {"type": "x"}, "azure_api", None),
        ("aws_cloudformation_stack.a", {"template_body": "{}"}, "template", None),
        ("aws_cloudformation_stack_set.a", {}, "template", None),
        ("azurerm_resource_group_template_deployment.a", {}, "template", None),
        ("google_deployment_manager_deployment.a", {}, "template", None),
        ("helm_release.a", {"chart": "vllm"}, "helm", None),
        ("kubernetes_deployment_v1.a", {}, "kubernetes", "deployment_v1"),
        ("kubernetes_manifest.a", {"manifest": {"kind": "Namespace"}}, "kubernetes", None),
        ("kubectl_manifest.a", {"yaml_body": "kind: Pod"}, "kubernetes", None),
        ("databricks_model_serving.a", {}, "unread", None),
    ],
)
def test_what_carries_is_told_with_its_form(plans, address, after, form, holds):
    expected = {"address": address, "form": form, **({"holds": holds} if holds else {})}

    assert carriers(plans, plans.change(address, after)) == [expected]


@pytest.mark.parametrize("address", ["aws_sagemaker_model.a", "azurerm_storage_account.a", "null_resource.a"])
def test_a_resource_whose_attributes_say_what_it_is_carries_nothing(plans, address):
    assert carriers(plans, plans.change(address)) == []


def test_what_is_kept_is_told_and_what_goes_or_is_only_read_is_not(plans):
    assert carriers(
        plans,
        plans.change("helm_release.kept", {}, actions=("no-op",)),
        plans.change("helm_release.gone", actions=("delete",)),
        plans.change("data.kubernetes_pod.read", {}, actions=("read",)),
    ) == [{"address": "helm_release.kept", "form": "helm"}]


def test_a_kind_that_is_known_after_apply_or_sensitive_is_not_told(plans):
    unknown = plans.change("azapi_resource.a", {}, unknown={"type": True})
    secret = plans.change("azapi_resource.b", {"type": "Microsoft.Network/x"}, sensitive={"type": True})

    assert ["holds" in one for one in carriers(plans, unknown, secret)] == [False, False]


@pytest.mark.parametrize(
    ("type_", "hidden"),
    [
        ("helm_release", [["facts", "resources", "helm_release"], ["facts", "carriers"]]),
        ("aws_s3_bucket", [["facts", "resources", "aws_s3_bucket"]]),
        (None, [["facts", "resources"], ["facts", "carriers"]]),
    ],
)
def test_one_that_cannot_be_read_hides_them(plans, type_, hidden):
    broken = {**plans.change(f"{type_}.a"), "type": type_, "change": None}

    assert [gap["paths"] for gap in plans.made(plans.plan(broken)).gaps] == [hidden]


def test_a_deferred_one_hides_them(plans):
    deferred = [{"reason": "provider_config_unknown", "resource_change": plans.change("kubernetes_manifest.a")}]

    (gap,) = plans.made(plans.plan(deferred_changes=deferred)).gaps

    assert ["facts", "carriers"] in gap["paths"]


def test_of_a_real_plan_charts_and_manifests_are_told(plans):
    told = {one["address"] for one in plans.read("plan-google-platform-100.json").facts["carriers"]}

    assert {
        "module.gke.helm_release.external_secrets",
        "module.gke.helm_release.nginx_ingress",
        "module.gke.kubectl_manifest.gcp_secret_store",
        "module.gke.kubectl_manifest.postgres_external_secret",
    } <= told
