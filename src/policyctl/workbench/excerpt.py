"""Terraform examples as people write them: resources in HCL, made into the plan that would create them.

No provider is asked: what it would fill in by itself is unknown, as in a plan. Source of the format: Terraform's documentation of
`terraform show -json`, format 1.2.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from policyctl.model.errors import ContentError

_REFERENCE = re.compile(r"(?<![\w.\"-])[a-z][\w-]*(?:\.[A-Za-z_][\w-]*|\[[^\]]*\])+")
_HEREDOC = re.compile(r'"<<-?(\w+)\n(.*\n)\s*\1"', re.DOTALL)
_OURS = "__is_block__"
_WRITE = "write resources with their values, or use the JSON of a real plan"


def plan_of(file: Path) -> dict[str, Any]:
    """The plan that creates the resources of a file. Raises ContentError where it is no HCL, or holds more than resources."""
    import hcl2
    from lark.exceptions import LarkError

    try:
        read = hcl2.loads(file.read_text())
    except (LarkError, OSError, UnicodeDecodeError, RecursionError) as error:
        raise ContentError(f"{file}: is no HCL that can be read: {str(error).splitlines()[0]}", hint=_WRITE) from error
    if more := sorted(key for key in read if key not in ("resource", _OURS)):
        raise ContentError(f"{file}: an example holds resources, not {', '.join(more)}", hint=_WRITE)
    resources = list(_resources(read, file))
    if not resources:
        raise ContentError(f"{file}: there is no resource in it", hint=_WRITE)
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": [planned for planned, _, _ in resources]}},
        "resource_changes": [change for _, change, _ in resources],
        "configuration": {"root_module": {"resources": [configured for _, _, configured in resources]}},
        "complete": True,
        "errored": False,
    }


def _resources(read: Mapping[str, Any], file: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    for entry in read.get("resource", ()):
        for type_, named in _blocks(entry):
            for name, body in _blocks(named):
                if turned := sorted({"count", "for_each", "dynamic"} & set(body)):
                    raise ContentError(f"{file}: {type_}.{name} has {', '.join(turned)}", hint=_WRITE)
                values, unknown, expressions = _body(body)
                provider = f"registry.terraform.io/hashicorp/{type_.partition('_')[0]}"
                named_so = {"address": f"{type_}.{name}", "mode": "managed", "type": type_, "name": name}
                whole = {**named_so, "provider_name": provider}
                change = {
                    "actions": ["create"],
                    "before": None,
                    "after": values,
                    "after_unknown": {"id": True, **unknown},
                    "before_sensitive": False,
                    "after_sensitive": {},
                }
                yield (
                    {**whole, "schema_version": 0, "values": values, "sensitive_values": {}},
                    {**whole, "change": change},
                    {**named_so, "provider_config_key": type_.partition("_")[0], "expressions": expressions},
                )


def _blocks(entry: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((key.strip('"'), value) for key, value in entry.items() if key != _OURS)


def _body(body: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The values of a block, which of them are known only after apply, and the expressions they come from."""
    values: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    expressions: dict[str, Any] = {}
    for key, written in body.items():
        if key == _OURS:
            continue
        if isinstance(written, list) and written and all(isinstance(one, dict) and _OURS in one for one in written):
            inner = [_body(one) for one in written]
            values[key] = [one for one, _, _ in inner]
            expressions[key] = [one for _, _, one in inner]
            if any(one for _, one, _ in inner):
                unknown[key] = [one for _, one, _ in inner]
        elif references := sorted(_references(written)):
            unknown[key] = True
            expressions[key] = {"references": references}
        else:
            values[key] = _plain(written)
            expressions[key] = {"constant_value": values[key]}
    return values, unknown, expressions


def _references(written: Any) -> set[str]:
    """What a value refers to, each with the resource before its attribute, as plans list them."""
    if isinstance(written, dict):
        return {found for value in written.values() for found in _references(value)}
    if isinstance(written, list):
        return {found for value in written for found in _references(value)}
    if not isinstance(written, str) or "${" not in written:
        return set()
    found = {match[0] for match in _REFERENCE.finditer(written.replace("${", " "))}
    return found | {".".join(one.split(".")[:2]) for one in found} or {"local.expression"}


def _plain(written: Any) -> Any:
    """A literal value: python-hcl2 leaves the quotes around texts and keys."""
    if isinstance(written, dict):
        return {key.strip('"'): _plain(value) for key, value in written.items() if key != _OURS}
    if isinstance(written, list):
        return [_plain(value) for value in written]
    if not isinstance(written, str) or written[:1] != '"':
        return written
    if heredoc := _HEREDOC.fullmatch(written):
        return textwrap.dedent(heredoc[2]) if written.startswith('"<<-') else heredoc[2]
    return json.loads(written, strict=False)
