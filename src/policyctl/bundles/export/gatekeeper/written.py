"""Kubernetes objects as YAML in which rules can be read: texts of several lines stand as blocks."""

from __future__ import annotations

import re
from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    """A dumper of its own, so that nobody else's texts become blocks."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(value: dict[str, Any]) -> bytes:
    """The object. Leading tabs become spaces, which is the same to Rego: YAML has no tabs in blocks."""
    text: str = yaml.dump(_without_tabs(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)
    return text.encode()


def _without_tabs(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(r"(?m)^\t+", lambda tabs: "  " * len(tabs[0]), value)
    if isinstance(value, dict):
        return {key: _without_tabs(below) for key, below in value.items()}
    return [_without_tabs(below) for below in value] if isinstance(value, list) else value
