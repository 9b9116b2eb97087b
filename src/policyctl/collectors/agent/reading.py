"""Puts the facts of one configuration together. What is broken where facts would stand is an error, with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from policyctl.collectors.agent import credentials
from policyctl.collectors.agent.approval import approval
from policyctl.collectors.agent.recognition import SERVERS, Format
from policyctl.collectors.agent.servers import server
from policyctl.collectors.agent.trail import trail
from policyctl.model.content import Content
from policyctl.model.errors import InputError
from policyctl.model.facts.agent import AgentFacts, McpServer
from policyctl.model.printable import printable

_MAPPINGS: Final = ("permissions", "hooks", "env", "general", "tools", "mcp", "telemetry")
_LISTED: Final = frozenset({SERVERS, "servers", "mcp", "env", "inputs"})
"""What holds values that are looked at one by one."""
_TRAILED: Final = ("claude_code", "gemini_cli")
_PLACES: Final[tuple[tuple[str, ...], ...]] = ((SERVERS,), ("servers",), ("mcp", "servers"))
"""Where servers are listed: everywhere, in VS Code's own list, and in its settings."""


def read_facts(content: Content, format: Format) -> AgentFacts:
    """The facts of a content in this format. Raises InputError where a mapping is none."""
    settings: Mapping[str, Any] = content.values[0]
    if format != "mcp":
        for key in _MAPPINGS:
            _mapping(content, settings.get(key, {}), (key,))
    facts: AgentFacts = {
        "id": content.path,
        "format": format,
        "servers": list(_servers(content, settings)),
        "values": [
            *credentials.values(settings.get("env"), "env", ["env"]),
            *credentials.input_values(settings.get("inputs"), ["inputs"]),
            *credentials.setting_values({key: settings[key] for key in settings if key not in _LISTED}, []),
        ],
    }
    if said := approval(settings, format):
        facts["approval"] = said
    if format in _TRAILED:
        facts["trail"] = trail(settings)
    return facts


def _servers(content: Content, settings: Mapping[str, Any]) -> Iterator[McpServer]:
    mcp = settings.get("mcp")
    chosen = mcp if isinstance(mcp, Mapping) else {}
    taken: set[str] = set()
    for place in _PLACES:
        holder: Any = settings
        for step in place:
            holder = holder.get(step) if isinstance(holder, Mapping) else None
        if holder is None and not _is_there(settings, place):
            continue
        for name, told in _mapping(content, holder, place).items():
            path = [*place, name]
            found = server(_own(name, taken, place), _mapping(content, told, tuple(path)), [*path])
            found["enabled"] = found["enabled"] and _is_chosen(name, chosen)
            yield found


def _own(name: str, taken: set[str], place: tuple[str, ...]) -> str:
    """The name; with its place, where the file lists two of it."""
    own = name if name and name not in taken else "/".join((*place, name))
    taken.add(own)
    return own


def _is_chosen(name: str, mcp: Mapping[str, Any]) -> bool:
    """Whether Gemini CLI starts it: `mcp.allowed` and `mcp.excluded` are lists of names."""
    allowed, excluded = mcp.get("allowed"), mcp.get("excluded")
    return not (isinstance(excluded, list) and name in excluded) and not (
        isinstance(allowed, list) and allowed and name not in allowed
    )


def _is_there(settings: Mapping[str, Any], place: tuple[str, ...]) -> bool:
    holder: Any = settings
    for step in place[:-1]:
        holder = holder.get(step)
        if not isinstance(holder, Mapping):
            return False
    return place[-1] in holder


def _mapping(content: Content, value: Any, path: tuple[str, ...]) -> Mapping[str, Any]:
    """The mapping that must stand at `path`. Raises InputError with the line."""
    if isinstance(value, Mapping):
        return value
    line = content.line_of(0, path) or 1
    raise InputError(
        f"{printable(content.path)}:{line}: {printable('.'.join(path))} must be a mapping of names to values",
        hint="write it in braces, or leave it out",
    )
