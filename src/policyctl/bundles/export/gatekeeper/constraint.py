"""The Constraints of one control: what fails, and what could not be told, each with what the profile says it does."""

from __future__ import annotations

from typing import Any

from policyctl.bundles.export.gatekeeper.template import kind_of
from policyctl.bundles.export.gatekeeper.workloads import match
from policyctl.model.catalog import Control
from policyctl.model.decision import Enforcement
from policyctl.model.document import ResolvedProfile

_ACTIONS = {"deny": "deny", "warn": "warn", "audit": "dryrun"}


def constraints(control: Control, profile: ResolvedProfile) -> list[dict[str, Any]]:
    """One Constraint, or two where what could not be told does something else than what fails."""
    fails: Enforcement = profile["enforcement"][control["id"]]
    lowered = fails == "deny" and control["severity"] not in profile["undetermined"]
    untold: Enforcement = "warn" if lowered else fails
    if fails == untold:
        return [_constraint(control, profile, "", ["fail", "undetermined"], fails)]
    return [
        _constraint(control, profile, "", ["fail"], fails),
        _constraint(control, profile, "-undetermined", ["undetermined"], untold),
    ]


def _constraint(
    control: Control, profile: ResolvedProfile, ending: str, tells: list[str], action: Enforcement
) -> dict[str, Any]:
    family, name = control["family"], control["name"]
    given = profile["parameters"].get(family, {}).get(name, {})
    return {
        "apiVersion": "constraints.gatekeeper.sh/v1beta1",
        "kind": kind_of(control),
        "metadata": {
            "name": f"{control['id'].lower()}{ending}",
            "annotations": {"policyctl.dev/profile": profile["id"]},
        },
        "spec": {
            "enforcementAction": _ACTIONS[action],
            "match": match(),
            "parameters": {"tells": tells, "profile": {family: {name: given}}},
        },
    }
