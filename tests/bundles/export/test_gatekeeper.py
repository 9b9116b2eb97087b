"""Which controls are exported for Gatekeeper, and what their Constraints do under a profile."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from policyctl.bundles.build import Bundle
from policyctl.bundles.export.gatekeeper import exported
from policyctl.bundles.portable import left_out
from policyctl.model.errors import UsageError
from tests.bundles.conftest import own

__all__ = ["own"]

IMAGE_DIGEST = "policyctl/controls/supply_chain/image_digest/image_digest.rego"


def profile(own: Bundle, **changed: Any) -> Any:
    """The baseline, with something else for Kubernetes objects."""
    baseline = own.catalog["profiles"]["baseline"]
    kinds = {**baseline["kinds"], "kubernetes_object": {**baseline["kinds"]["kubernetes_object"], **changed}}
    return {**baseline, "kinds": kinds}


def constraints(files: dict[str, bytes]) -> dict[str, Any]:
    """By name, what each does and tells."""
    specs = {path: yaml.safe_load(text)["spec"] for path, text in files.items() if path.startswith("constraints/")}
    return {
        path.removeprefix("constraints/").removesuffix(".yaml"): (s["enforcementAction"], s["parameters"]["tells"])
        for path, s in specs.items()
    }


def test_controls_that_need_more_than_the_object_are_left_out(own: Bundle) -> None:
    reasons = left_out(own.files, own.catalog)

    assert {"SUP-003", "SEC-008", "OPS-002"} == set(own.catalog["index"]["kubernetes_object"]) - set(reasons)
    assert reasons["SEC-011"] == "it reads other objects of the run: network_policies"
    assert reasons["OVS-003"] == "it reads more than the object: system"


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("x if input.facts.containers[_].env", "it may read fields that are not carried over: env"),
        ('x if input.facts.pods[_]["labels"]', "it may read fields that are not carried over: labels"),
        ("x if data.policyctl.law.roles", "it asks what only a whole bundle tells: dates of a law, or the catalog"),
    ],
)
def test_a_control_that_comes_to_read_more_is_left_out(own: Bundle, rule: str, reason: str) -> None:
    files = {**own.files, IMAGE_DIGEST: own.files[IMAGE_DIGEST] + rule.encode()}

    assert left_out(files, own.catalog)["SUP-003"] == reason


def test_what_fails_and_what_could_not_be_told_do_what_the_profile_says(own: Bundle) -> None:
    def of(action: str, undetermined: list[str]) -> dict[str, Any]:
        return constraints(exported(own, profile(own, enforcement={"SEC-008": action}, undetermined=undetermined)))

    both = ["fail", "undetermined"]
    assert of("deny", []) == {"sec-008": ("deny", ["fail"]), "sec-008-undetermined": ("warn", ["undetermined"])}
    assert of("deny", ["critical", "high"]) == {"sec-008": ("deny", both)}
    assert of("warn", []) == {"sec-008": ("warn", both)}
    assert of("audit", []) == {"sec-008": ("dryrun", both)}


def test_parameters_are_those_of_the_profile(own: Bundle) -> None:
    given = {"operations": {"resource_limits": {"maximum_accelerators": 4}}}
    files = exported(own, profile(own, enforcement={"OPS-002": "deny"}, parameters=given))
    told = yaml.safe_load(files["constraints/ops-002.yaml"])["spec"]["parameters"]["profile"]

    assert told == given


def test_a_profile_without_a_portable_control_is_refused(own: Bundle) -> None:
    with pytest.raises(UsageError, match="selects no portable control"):
        exported(own, profile(own, enforcement={"SEC-010": "deny"}))
