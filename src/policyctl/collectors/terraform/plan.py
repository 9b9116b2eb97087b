"""Is this a Terraform plan that we can read? What resembles one is told apart here, with the next step."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from policyctl.collectors.terraform.carriers import hidden
from policyctl.model.document import Gap
from policyctl.model.errors import InputError

_SHOW = "run terraform show -json PLANFILE"
_PLAN_KEYS = {"resource_changes", "planned_values", "configuration", "prior_state", "output_changes"}
_OBJECTS = ("planned_values", "configuration", "prior_state", "variables", "output_changes")
_LISTS = ("resource_changes", "deferred_changes", "resource_drift")


def resembles_plan(values: Sequence[Any]) -> bool:
    """Whether the values are a plan, or something of Terraform's that a user may take for one."""
    first = values[0] if values else None
    return isinstance(first, dict) and (_is_plan(first) or _other(first) is not None)


def checked_plan(values: Sequence[Any]) -> Mapping[str, Any]:
    """The plan, its top level checked. Raises InputError that says what it is instead, or what is wrong with it."""
    plan: Mapping[str, Any] = values[0]
    if other := _other(plan):
        raise InputError(other, hint=_SHOW)
    if len(values) > 1:
        raise InputError(f"holds {len(values)} JSON values, a plan is one", hint=_SHOW)
    version = plan.get("format_version")
    if version is None:
        raise InputError("a plan without format_version", hint=_SHOW)
    if not isinstance(version, str) or not re.fullmatch(r"\d{1,4}\.\d{1,4}", version):
        raise InputError("format_version is not text such as 1.2", hint=_SHOW)
    if int(version.split(".")[0]) > 1:
        raise InputError(
            f"plan format {version} is not understood",
            hint="policyctl reads formats 0.x and 1.x; look for a newer policyctl, or plan with Terraform 1.x",
        )
    for key in _OBJECTS:
        _require(plan, key, dict, "an object")
    for key in _LISTS:
        _require(plan, key, list, "a list")
    return plan


def plan_gaps(plan: Mapping[str, Any]) -> list[Gap]:
    """What the plan says about its own limits: errored, incomplete, deferred changes, no configuration."""
    gaps: list[Gap] = []
    if "errored" in plan and plan["errored"] is not False:
        gaps.append(_gap("errored_plan", "planning ended with an error: the plan shows part of the changes", ["facts"]))
    if "complete" in plan and plan["complete"] is not True:
        gaps.append(_gap("incomplete_plan", "the plan is not complete: targeted, or changes were deferred", ["facts"]))
    for deferred in plan.get("deferred_changes") or ():
        change = deferred.get("resource_change") if isinstance(deferred, dict) else None
        type_ = change.get("type") if isinstance(change, dict) else None
        address = change.get("address") if isinstance(change, dict) else None
        what = address if isinstance(address, str) else "a resource"
        gaps.append(_gap("deferred_change", f"{what}: Terraform deferred planning this change", *hidden(type_)))
    if not plan.get("configuration"):
        gaps.append(
            _gap(
                "no_configuration",
                "the plan holds no configuration: references are not known",
                ["facts", "referenced_by"],
            )
        )
    return gaps


def _is_plan(value: dict[str, Any]) -> bool:
    return "apiVersion" not in value and len(_PLAN_KEYS & value.keys()) >= (1 if "format_version" in value else 2)


def _other(value: Mapping[str, Any]) -> str | None:
    module = value.get("@module")
    if isinstance(module, str) and module.startswith("terraform"):
        return "these are log lines of terraform plan -json, not a plan"
    if (
        isinstance(value.get("version"), int)
        and "terraform_version" in value
        and ("serial" in value or "lineage" in value)
    ):
        return "this is a Terraform state, not a plan"
    if "format_version" not in value or "apiVersion" in value:
        return None
    if "values" in value and not {"resource_changes", "planned_values"} & value.keys():
        return "this is a Terraform state, not a plan"
    if "provider_schemas" in value:
        return "these are provider schemas, not a plan"
    if "valid" in value and "diagnostics" in value:
        return "this is the result of terraform validate, not a plan"
    if value.keys() <= {"format_version", "terraform_version"} and "terraform_version" in value:
        return "this is an empty Terraform state, not a plan"
    return None


def _require(plan: Mapping[str, Any], key: str, kind: type, words: str) -> None:
    value = plan.get(key)
    if value is not None and not isinstance(value, kind):
        raise InputError(f"{key} is not {words}: no Terraform plan", hint=_SHOW)


def _gap(code: str, reason: str, *paths: list[str]) -> Gap:
    return {"code": code, "reason": reason, "paths": list(paths)}
