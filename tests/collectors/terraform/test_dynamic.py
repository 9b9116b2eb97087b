"""A dynamic block over something unknown looks like a computed one in a plan; the files beside it tell."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from policyctl.collectors.terraform import TerraformPlanCollector
from tests.collectors.terraform.conftest import content_of

ROOT = Path(__file__).parents[2] / "data" / "terraform" / "dynamic_blocks"
BLOCKS = {
    "aws_iam_role.dynamic": ("inline_policy", "inline_policy"),
    "aws_sagemaker_model.dynamic": ("container", "container"),
    "aws_sagemaker_domain.dynamic": (
        "default_user_settings.0.sharing_settings",
        "default_user_settings.sharing_settings",
    ),
}


def collected(plan: Path):
    (result,) = TerraformPlanCollector().collect([content_of(plan)])
    return result.subjects[0]


@pytest.fixture
def alone(plans, tmp_path):
    """The plan without its files."""
    shutil.copy(ROOT / "plan.json", tmp_path)
    return collected(tmp_path / "plan.json")


@pytest.mark.parametrize("address", BLOCKS)
def test_with_the_files_at_hand_it_is_unknown(plans, address):
    path, plain = BLOCKS[address]
    resource = plans.resource(collected(ROOT / "plan.json"), address)

    assert path in resource["unknown"]
    assert path not in resource["computed"]
    assert plain in resource["opaque"]


@pytest.mark.parametrize("address", BLOCKS)
def test_what_the_provider_computes_stays_computed(plans, address):
    resource = plans.resource(collected(ROOT / "plan.json"), address)

    assert {"arn", "id"} <= set(resource["computed"])


def test_a_role_without_a_dynamic_block_keeps_its_computed_policies(plans):
    assert "inline_policy" in plans.resource(collected(ROOT / "plan.json"), "aws_iam_role.plain")["computed"]


@pytest.mark.parametrize("address", BLOCKS)
def test_without_them_the_plan_cannot_tell(plans, alone, address):
    """What docs/decisions/terraform-facts.md says of the limit."""
    assert BLOCKS[address][0] in plans.resource(alone, address)["computed"]


def test_a_comment_or_another_resource_s_block_is_no_dynamic_block(plans, tmp_path):
    shutil.copy(ROOT / "plan.json", tmp_path)
    text = (ROOT / "main.tf").read_text()
    (tmp_path / "main.tf").write_text(text.replace('dynamic "container"', '# dynamic "container"'))

    resource = plans.resource(collected(tmp_path / "plan.json"), "aws_sagemaker_model.dynamic")

    assert "container" in resource["computed"]


def test_files_of_another_root_are_not_looked_at(plans, tmp_path):
    shutil.copy(ROOT / "plan.json", tmp_path)
    (tmp_path / "main.tf").write_text('resource "aws_iam_role" "dynamic" {\n  dynamic "inline_policy" {\n  }\n}\n')

    resource = plans.resource(collected(tmp_path / "plan.json"), "aws_iam_role.dynamic")

    assert "inline_policy" in resource["computed"]


def test_a_block_in_a_local_module_is_found(plans, tmp_path):
    plan = plans.plan(
        plans.change("module.m.aws_x_thing.t", {}, unknown={"rule": True, "id": True}),
        root={
            "module_calls": {
                "m": {"source": "./m", "module": {"resources": [plans.config("aws_x_thing.t", {})]}},
            }
        },
    )
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    (tmp_path / "main.tf").write_text('module "m" {\n  source = "./m"\n}\n')
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text('resource "aws_x_thing" "t" {\n  dynamic "rule" {\n  }\n}\n')

    resource = plans.resource(collected(tmp_path / "plan.json"), "module.m.aws_x_thing.t")

    assert (resource["unknown"], resource["computed"], resource["opaque"]) == (["rule"], ["id"], ["rule"])
