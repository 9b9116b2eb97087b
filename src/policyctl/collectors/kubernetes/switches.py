"""Switches for remote code outside containers: in fields of operators and charts, and in files that a ConfigMap holds.

Read are arguments in any list or text ("extraArgs", Helm's values), a field or variable of the switch's name, and in a
ConfigMap lines of settings and scripts that start a server. Policies, which only speak of switches, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from policyctl.collectors.kubernetes.intelligence import starts_server
from policyctl.collectors.kubernetes.kinds import holds_pods
from policyctl.collectors.kubernetes.loading import VARIABLES, is_on, unsafe_options
from policyctl.collectors.kubernetes.objects import Item
from policyctl.collectors.kubernetes.options import split
from policyctl.collectors.kubernetes.vocabulary import names
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import UnsafeLoading
from policyctl.model.secrets import named

_NO_FIELDS = names("apiVersion kind metadata status")
_SETTING = re.compile(r"(?im)^[\s\"'{,-]*(trust[-_]remote[-_]code)[\"']?\s*[:=]\s*[\"']?(?:true|yes|on|1)\b")
_HINT = re.compile(r"(?i)trust|allow|enable|unsafe")
_LONGEST = 1_000_000


def field_switches(item: Item, root: Mapping[str, Any], seen: Set[Path]) -> Iterator[UnsafeLoading]:
    """The switches in an object that stand neither in nor below the places `seen`."""
    config_map = (item.group, item.kind) == ("", "ConfigMap")
    if not config_map and not holds_pods(item):
        return
    for key, value in root.items():
        if key not in _NO_FIELDS:
            yield from _below(value, (key,), key, seen, files=config_map)


def _below(node: Any, path: Path, name: str, seen: Set[Path], *, files: bool) -> Iterator[UnsafeLoading]:
    if path in seen:
        return
    if isinstance(node, dict):
        called = named(node)
        for key, below in node.items():
            yield from _below(below, (*path, key), called if key == "value" and called else key, seen, files=files)
    elif isinstance(node, list):
        for index, below in enumerate(node):
            yield from _below(below, (*path, index), "", seen, files=files)
    elif _is_switch(name) and node is not None and is_on(node):
        yield {"path": list(path), "option": name, "risk": "remote_code"}
    elif isinstance(node, str) and len(node) <= _LONGEST and _HINT.search(node):
        yield from _text(node, path, files=files)


def _is_switch(name: str) -> bool:
    remote_code = VARIABLES.get(name) == "remote_code"
    return remote_code or name.replace("-", "").replace("_", "").lower() == "trustremotecode"


def _text(text: str, path: Path, *, files: bool) -> Iterator[UnsafeLoading]:
    if not files or starts_server(text):
        yield from unsafe_options(split(text, path))
    if found := _SETTING.search(text):
        yield {"path": list(path), "option": found[1], "risk": "remote_code"}
