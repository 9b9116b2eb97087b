"""Environment variables of a container."""

from __future__ import annotations

import re
from collections.abc import Mapping

from policyctl.collectors.kubernetes.fields import CONTAINERS, MODELS, Fields, Node, dotted
from policyctl.collectors.kubernetes.references import carriers
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import EnvVar
from policyctl.model.secrets import names_secret

_HIDES = (*CONTAINERS, *MODELS)
_REFERENCE = re.compile(r"(\$\([A-Za-z_.][\w.-]*\)\s*)+")
_SOURCES = {
    "secretKeyRef": "secret",
    "configMapKeyRef": "config_map",
    "fieldRef": "field",
    "resourceFieldRef": "field",
    "fileKeyRef": "field",
}
_STAND_IN = "value-from-elsewhere"
_NO_SECRETS = frozenset({"", "true", "false", "yes", "no", "on", "off", "none"})


def read_env(fields: Fields, node: Node, path: Path, emptied: Mapping[Path, str]) -> list[EnvVar]:
    """The variables in `env`. `emptied` holds the paths whose values are masked."""
    found: list[EnvVar] = []
    for at, entry in fields.items(node, "env", path, _HIDES):
        name = fields.text(entry, "name", at, _HIDES)
        if not name:
            fields.gap(f"{dotted(at)} has no name", _HIDES)
            continue
        variable: EnvVar = {"name": name, "path": list(at), "source": "empty", "secret_like": names_secret(name)}
        _read_value(fields, entry, at, variable, masked=(*at, "value") in emptied)
        found.append(variable)
    carrying = carriers(node, unseen=_STAND_IN)
    for variable in found:
        if variable["source"] in {"secret", "config_map"} and variable["name"] in carrying:
            variable["secret_like"] = True
    return found


def _read_value(fields: Fields, entry: Node, at: Path, variable: EnvVar, *, masked: bool) -> None:
    source = fields.mapping(entry, "valueFrom", at, _HIDES)
    value = fields.text(entry, "value", at, _HIDES)
    if masked:
        variable["source"], variable["secret_like"] = "literal", True
        if value:
            variable["value"] = value
    elif value:
        variable["source"] = "reference" if _REFERENCE.fullmatch(value) else "literal"
        variable["value"] = value
        if value.strip().lower() in _NO_SECRETS:
            variable["secret_like"] = False
    elif source:
        keys = [key for key in source if key in _SOURCES and source[key] is not None]
        match _SOURCES.get(keys[0]) if len(keys) == 1 else None:
            case "secret":
                variable["source"] = "secret"
            case "config_map":
                variable["source"] = "config_map"
            case "field":
                variable["source"] = "field"
            case _:
                fields.gap(f"{dotted(at)}.valueFrom names no source that is known", _HIDES)


def env_sources(fields: Fields, node: Node, path: Path) -> tuple[bool, bool]:
    """Whether all keys of a Secret, and of a ConfigMap, become variables (`envFrom`)."""
    entries = [entry for _, entry in fields.items(node, "envFrom", path, CONTAINERS)]
    return any(entry.get("secretRef") for entry in entries), any(entry.get("configMapRef") for entry in entries)
