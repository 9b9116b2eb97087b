"""Reads a configuration that a test writes."""

from __future__ import annotations

import json
from typing import Any

from policyctl.collectors.agent import AgentCollector
from policyctl.collectors.reading import parse
from policyctl.model.document import Collected, Input


def entry(value: Any, path: str = ".mcp.json") -> Input:
    """What the collector makes of a JSON value, or of a text, in a file of this path."""
    text = value if isinstance(value, str) else json.dumps(value, indent=1)
    (found,) = AgentCollector().collect([parse(text, path, "0" * 64, len(text))])
    return found


def collected(value: Any, path: str = ".mcp.json") -> Collected:
    """The subject in a configuration."""
    found = entry(value, path)
    assert found.status == "decided", found.message
    return found.subjects[0]


def server(command: str | None = None, *arguments: Any, **others: Any) -> dict[str, Any]:
    """The facts of a server that is written so."""
    told = {**({} if command is None else {"command": command, "args": list(arguments)}), **others}
    (found,) = collected({"mcpServers": {"scores": told}}).facts["servers"]
    return dict(found)


def settings(value: dict[str, Any], path: str = ".claude/settings.json") -> dict[str, Any]:
    """The facts of settings."""
    return dict(collected(value, path).facts)
