"""Turns a profile, as people write it, into what a decision sees: enforcement and parameters by kind, and the digest of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal

from policyctl.catalog.files import EnforcementFile, ProfileFile, SelectFile, WaiversFile
from policyctl.model.catalog import Catalog, Control, Edge, Profile, basis_of
from policyctl.model.decision import SEVERITIES, Enforcement
from policyctl.model.document import KINDS, ResolvedProfile
from policyctl.model.errors import ContentError


def resolve(
    profile: ProfileFile,
    others: Mapping[str, ProfileFile],
    controls: Mapping[str, Control],
    edges: Mapping[str, Mapping[str, list[Edge]]],
) -> Profile:
    """The profile for every kind. Raises ContentError for an unknown profile, control, family, framework or parameter."""
    chain = _chain(profile, others)
    select = next((p.select for p in chain if p.select), SelectFile())
    enforcement = next((p.enforcement for p in chain if p.enforcement), EnforcementFile())
    undetermined = next((p.undetermined for p in chain if p.undetermined is not None), [])
    framework = next((p.framework for p in chain if p.framework), None)
    waivers = next((p.waivers for p in chain if p.waivers), WaiversFile())
    if framework is not None and framework not in edges:
        raise ContentError(
            f"profile {profile.id}: no control is mapped to framework {framework}",
            hint=f"write mappings/{framework}.yaml in a content folder, or name one of {', '.join(edges)}",
        )
    verified = next((p.require_verified_engine for p in chain if p.require_verified_engine is not None), False)
    not_worse: Literal["deny", "warn"] = next((p.update_not_worse for p in chain if p.update_not_worse), "warn")
    _known(profile, select, enforcement, controls)
    unselected = {id: reason for id, control in controls.items() if (reason := _unselected(control, select, edges))}
    parameters = _parameters(chain, controls)
    kinds: dict[Any, ResolvedProfile] = {}
    for kind in KINDS:
        chosen = [c for id, c in sorted(controls.items()) if kind in c["kinds"] and id not in unselected]
        resolved: ResolvedProfile = {
            "id": profile.id,
            "digest": "",
            "enforcement": {c["id"]: _enforcement(c, enforcement) for c in chosen},
            "undetermined": sorted(undetermined),
            "parameters": _of_kind(chosen, parameters),
            "waivers": {severity: waivers.severity.get(severity, waivers.longest_days) for severity in SEVERITIES},
        }
        if framework is not None:
            resolved["framework"] = framework
        kinds[kind] = resolved
    digest = hashlib.sha256(json.dumps(kinds, sort_keys=True).encode()).hexdigest()
    for resolved in kinds.values():
        resolved["digest"] = digest
    return {
        "id": profile.id,
        "title": profile.title,
        "description": profile.description,
        "kinds": kinds,
        "unselected": unselected,
        "require_verified_engine": verified,
        "update_not_worse": not_worse,
    }


def of_catalog(profile: ProfileFile, others: Mapping[str, ProfileFile], catalog: Catalog) -> Profile:
    """An organisation's own profile over a bundle's catalog."""
    return resolve(profile, others, catalog["controls"], catalog["edges"])


def _chain(profile: ProfileFile, others: Mapping[str, ProfileFile]) -> list[ProfileFile]:
    chain = [profile]
    while parent := chain[-1].extends:
        if parent not in others or parent in {p.id for p in chain}:
            raise ContentError(
                f"profile {chain[-1].id}: cannot extend {parent}", hint=f"one of {', '.join(sorted(others))}"
            )
        chain.append(others[parent])
    return chain


def _known(
    profile: ProfileFile, select: SelectFile, enforcement: EnforcementFile, controls: Mapping[str, Control]
) -> None:
    named = {*(select.controls or []), *select.exclude, *enforcement.controls}
    if unknown := sorted(named - set(controls)):
        raise ContentError(
            f"profile {profile.id}: unknown control {', '.join(unknown)}", hint="see policyctl control list"
        )
    families = {control["family"] for control in controls.values()}
    if unknown := sorted({*(select.families or [])} - families):
        raise ContentError(
            f"profile {profile.id}: unknown family {', '.join(unknown)}", hint=f"one of {', '.join(sorted(families))}"
        )


def _unselected(control: Control, select: SelectFile, edges: Mapping[str, Mapping[str, list[Edge]]]) -> str:
    """Why the profile leaves a control out; empty when it does not."""
    if control["id"] in select.exclude:
        return "excluded by the profile"
    if select.controls is not None and control["id"] not in select.controls:
        return "not among the profile's controls"
    if select.families is not None and control["family"] not in select.families:
        return f"family {control['family']} is not selected"
    if select.framework is not None and control["id"] not in edges.get(select.framework, {}):
        return f"no clause of {select.framework} is mapped to it"
    if select.basis is not None and basis_of(control) != select.basis:
        return f"{basis_of(control)}, and the profile selects what is {select.basis}"
    return ""


def _enforcement(control: Control, enforcement: EnforcementFile) -> Enforcement:
    by_severity = enforcement.severity.get(control["severity"], enforcement.default)
    return enforcement.controls.get(control["id"], by_severity)


def _parameters(chain: list[ProfileFile], controls: Mapping[str, Control]) -> dict[str, dict[str, Any]]:
    """Values by "family.name" and parameter, the nearest profile's word first, each checked against its declared type."""
    declared = {f"{c['family']}.{c['name']}": c["parameters"] for c in controls.values()}
    values = {key: {name: p["default"] for name, p in parameters.items()} for key, parameters in declared.items()}
    for profile in reversed(chain):
        for key, given in profile.parameters.items():
            for name, value in given.items():
                if name not in declared.get(key, {}):
                    raise ContentError(
                        f"profile {profile.id}: {key} has no parameter {name}", hint="see policyctl control show"
                    )
                if not of_type(value, declared[key][name]["type"]):
                    raise ContentError(
                        f"profile {profile.id}: {key}.{name} must be of type {declared[key][name]['type']}, not {value!r}"
                    )
                values[key][name] = value
    return values


def of_type(value: Any, type: str) -> bool:
    """Whether a parameter's value is of its declared type. A boolean is no number; numbers by class have high_risk and other."""
    match type:
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "list":
            return isinstance(value, list)
        case _:
            return (
                isinstance(value, dict)
                and set(value) == {"high_risk", "other"}
                and all(of_type(v, "number") for v in value.values())
            )


def _of_kind(chosen: list[Control], parameters: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    """Parameters of the chosen controls as Rego reads them: family -> name -> parameter -> value."""
    tree: dict[str, dict[str, dict[str, Any]]] = {}
    for control in chosen:
        if values := parameters[f"{control['family']}.{control['name']}"]:
            tree.setdefault(control["family"], {})[control["name"]] = values
    return tree
