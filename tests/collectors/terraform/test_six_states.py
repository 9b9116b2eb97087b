"""null, absent, false, unknown, computed and masked are six different things, as the real Terraform plans them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2] / "data" / "terraform" / "six_states"
# Where Terraform itself looks for providers, besides the registry.
MIRRORS = (
    "~/.terraform.d/plugins",
    "~/.local/share/terraform/plugins",
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
)


def mirror() -> Path | None:
    """A directory from which Terraform can install the aws provider without a network."""
    for place in filter(None, (os.environ.get("POLICYCTL_TF_MIRROR"), *MIRRORS)):
        directory = Path(place).expanduser()
        if any(directory.glob("*/hashicorp/aws")):
            return directory
    return None


def planned(directory: Path) -> Any:
    """The configuration planned by this machine's terraform; the recorded plan where it cannot be."""
    providers = mirror()
    terraform = shutil.which("terraform")
    if terraform is None or providers is None:
        return recorded()
    shutil.copy(ROOT / "main.tf", directory)
    settings = directory / "settings.tfrc"
    settings.write_text(
        f"provider_installation {{\n  filesystem_mirror {{ path = {json.dumps(str(providers))} }}\n}}\n"
    )
    environment = {
        **os.environ,
        "TF_CLI_CONFIG_FILE": str(settings),
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
    }

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [terraform, *arguments], cwd=directory, env=environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("init", "-input=false", "-no-color")
    run("plan", "-input=false", "-refresh=false", "-no-color", "-out=plan")
    return json.loads(run("show", "-json", "plan"))


def recorded() -> Any:
    return json.loads((ROOT / "plan.json").read_text())


@pytest.fixture(scope="module", params=["recorded", "planned"])
def plan(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return recorded() if request.param == "recorded" else planned(tmp_path_factory.mktemp("six_states"))


@pytest.fixture
def collected(plans, plan):
    return plans.made(plan)


@pytest.fixture
def six(plans, collected):
    return plans.resource(collected, "aws_sagemaker_model.six")


def everywhere_but(resource: dict[str, Any], *lists: str) -> list[str]:
    return [path for name in {"unknown", "computed", "masked"} - set(lists) for path in resource[name]]


def test_null_is_kept_as_null(six):
    container = six["values"]["primary_container"][0]

    assert container["model_data_url"] is None
    assert "primary_container.0.model_data_url" not in everywhere_but(six)


def test_absent_stays_absent(six):
    environment = six["values"]["primary_container"][0]["environment"]

    assert set(environment) == {"HUB_TOKEN"}
    assert "vpc_config.0.subnets" not in everywhere_but(six)


def test_false_is_false(six):
    assert six["values"]["enable_network_isolation"] is False
    assert "enable_network_isolation" not in everywhere_but(six)


def test_what_a_configured_expression_will_give_is_unknown(six):
    assert "execution_role_arn" not in six["values"]
    assert six["unknown"] == ["execution_role_arn"]
    assert six["references"]["execution_role_arn"] == [
        {"address": "aws_iam_role.run", "type": "aws_iam_role", "attribute": "arn", "at": 0}
    ]


def test_what_only_the_provider_may_set_is_computed(six):
    assert {"arn", "inference_execution_config", "primary_container.0.model_data_source"} <= set(six["computed"])
    assert "inference_execution_config" not in six["values"]


def test_a_sensitive_value_is_emptied_and_masked(six, collected):
    assert six["values"]["primary_container"][0]["environment"]["HUB_TOKEN"] == ""
    assert six["masked"] == ["primary_container.0.environment.HUB_TOKEN"]
    assert collected.masked == (
        "facts.resources.aws_sagemaker_model.0.values.primary_container.0.environment.HUB_TOKEN",
    )


def test_the_secret_is_nowhere_in_the_facts(collected):
    assert "planted-secret" not in json.dumps([collected.facts, collected.gaps, collected.notes])


def test_a_secret_that_nobody_set_is_null_and_not_masked(plans, collected):
    database = plans.resource(collected, "aws_db_instance.secrets")

    assert database["values"]["password"] is None
    assert database["masked"] == []


def test_a_variable_that_is_null_leaves_the_value_to_the_provider(plans, collected):
    """Both volumes configure kms_key_id; only in one of them can the configuration give it."""
    left, configured = (
        plans.resource(collected, f"aws_ebs_volume.{name}") for name in ("provider_chooses", "configured")
    )

    assert "kms_key_id" in left["computed"]
    assert "kms_key_id" not in left["unknown"]
    assert configured["unknown"] == ["kms_key_id"]


def test_what_is_unknown_in_a_dynamic_block_is_never_computed(plans, collected):
    configuration = plans.resource(collected, "aws_sagemaker_endpoint_configuration.dynamic")

    assert configuration["opaque"] == ["data_capture_config"]
    assert configuration["unknown"] == ["data_capture_config.0.kms_key_id", "kms_key_arn"]
    assert "data_capture_config.kms_key_id" not in configuration["references"]
