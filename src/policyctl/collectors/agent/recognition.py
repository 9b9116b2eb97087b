"""Tells an agent's configuration from other JSON files, by its name and by what is in it.

A file that lists servers under `mcpServers` is told by that, whatever its name. The other shapes are too common to be told by
content alone: settings are known by the folder that their program reads them from, or by permission rules in its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from policyctl.collectors.agent_file_names import is_list_name, settings_of
from policyctl.model.content import Content

Format = Literal["mcp", "claude_code", "gemini_cli", "vscode", "cursor"]

SERVERS: Final = "mcpServers"
_STARTS: Final = frozenset({"command", "url", "httpUrl", "serverUrl"})
_SCHEMA: Final = "claude-code-settings.json"
_RULE: Final = re.compile(r"(?:Bash|Read|Edit|Write|WebFetch|WebSearch)(?:\(.*\))?|mcp__\w.*", re.DOTALL)
_VSCODE: Final = ("chat.tools.autoApprove", "chat.tools.global.autoApprove", "chat.tools.terminal.autoApprove", "mcp")


def format_of(content: Content) -> Format | None:
    """Which agent's configuration this is; None for another file."""
    value = content.values[0] if content.syntax == "json" and len(content.values) == 1 else None
    if not isinstance(value, dict):
        return None
    settings = settings_of(content.path)
    if settings == "vscode":
        return settings if any(key in value for key in _VSCODE) else None
    if settings:
        return settings
    if _is_claude(value):
        return "claude_code"
    if is_list_name(content.path):
        return "mcp" if SERVERS in value or "servers" in value else None
    return "mcp" if _lists_servers(value.get(SERVERS)) else None


def _lists_servers(value: Any) -> bool:
    """Whether this is a mapping of names to servers, some of which say how they are started or reached."""
    return isinstance(value, dict) and any(isinstance(one, dict) and _STARTS & one.keys() for one in value.values())


def _is_claude(value: Mapping[str, Any]) -> bool:
    """Whether these are settings of Claude Code, wherever they lie: by their schema, or by permission rules in its words."""
    schema = value.get("$schema")
    if isinstance(schema, str) and schema.endswith(_SCHEMA):
        return True
    permissions = value.get("permissions")
    if not isinstance(permissions, dict):
        return False
    listed = [permissions.get(key) for key in ("allow", "ask", "deny")]
    return any(
        isinstance(rule, str) and _RULE.fullmatch(rule) is not None
        for rules in listed
        if isinstance(rules, list)
        for rule in rules
    )
