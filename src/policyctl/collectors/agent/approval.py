"""What settings say an agent may do without asking a person: its mode, its rules, and whose servers it starts.

Sources: Claude Code, "Settings" and "Permission modes"; Gemini CLI, "Configuration"; Cursor CLI, "Permissions"; VS Code,
"Use tools with agents".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from policyctl.collectors.agent.grants import directory
from policyctl.collectors.agent.recognition import Format
from policyctl.collectors.agent.rules import Effect, rules, shell_rule
from policyctl.model.facts.agent import Approval, Grant, Mode, Rule

Asks = Literal["each", "edits", "never", "unknown"]
Settings = Mapping[str, Any]

_ASKS: Final[Mapping[str, Asks]] = {
    "default": "each",
    "manual": "each",
    "plan": "each",
    "dontAsk": "each",
    "allowlist": "each",
    "acceptEdits": "edits",
    "auto_edit": "edits",
    "autoEdit": "edits",
    "bypassPermissions": "never",
    "auto": "never",
    "yolo": "never",
    "unrestricted": "never",
    "autoApprove": "never",
}
"""The clients' modes. "dontAsk" refuses what no rule allows; in "auto" a model decides, and no person."""
_VSCODE: Final = ("chat.tools.global.autoApprove", "chat.tools.autoApprove")
_TERMINAL: Final = "chat.tools.terminal.autoApprove"


def approval(settings: Settings, format: Format) -> Approval | None:
    """What the settings of a program say; None for a file that only lists servers."""
    read = _READERS.get(format)
    return read(settings) if read else None


def _claude(settings: Settings) -> Approval:
    permissions = settings.get("permissions", {})
    return {
        "path": ["permissions"] if "permissions" in settings else [],
        "mode": _mode(permissions, ["permissions"], "defaultMode"),
        "rules": _rules(permissions, ["permissions"], (("allow", "allow"), ("ask", "ask"), ("deny", "deny"))),
        "every_server": settings.get("enableAllProjectMcpServers", False) is not False,
        "directories": list(_directories(permissions.get("additionalDirectories"))),
    }


def _cursor(settings: Settings) -> Approval:
    permissions = settings.get("permissions", {})
    return {
        "path": ["permissions"] if "permissions" in settings else [],
        "mode": _mode(settings, [], "approvalMode"),
        "rules": _rules(permissions, ["permissions"], (("allow", "allow"), ("deny", "deny"))),
        "every_server": False,
        "directories": [],
    }


def _gemini(settings: Settings) -> Approval:
    general, tools = settings.get("general", {}), settings.get("tools", {})
    return {
        "path": ["tools"] if "tools" in settings else [],
        "mode": _mode(general, ["general"], "defaultApprovalMode"),
        "rules": [
            *_rules(tools, ["tools"], (("allowed", "allow"), ("exclude", "deny"))),
            *_rules(settings, [], (("allowedTools", "allow"), ("excludeTools", "deny"))),
        ],
        "every_server": False,
        "directories": [],
    }


def _vscode(settings: Settings) -> Approval:
    at = next((key for key in _VSCODE if settings.get(key, False) is not False), None)
    return {
        "path": [],
        "mode": {
            "path": [at] if at else [],
            "name": "autoApprove" if at else "default",
            "asks": "never" if at else "each",
        },
        "rules": list(_terminal(settings.get(_TERMINAL))),
        "every_server": False,
        "directories": [],
    }


def _terminal(value: Any) -> Iterator[Rule]:
    """Commands of the terminal, each with whether it runs unasked. A regular expression is not taken apart."""
    for command, unasked in value.items() if isinstance(value, Mapping) else ():
        effect: Effect = "ask" if unasked is False or unasked is None else "allow"
        if command.startswith("/") or not isinstance(unasked, bool | None):
            yield {"path": [_TERMINAL, command], "effect": effect, "text": command, "about": "unknown"}
        else:
            yield shell_rule(command, effect, [_TERMINAL, command])


def _mode(holder: Settings, path: list[str | int], key: str) -> Mode:
    if key not in holder:
        return {"path": path if holder else [], "name": "default", "asks": "each"}
    stated = holder[key]
    name = stated if isinstance(stated, str) else "?"
    return {"path": [*path, key], "name": name, "asks": _ASKS.get(name, "unknown")}


def _rules(holder: Settings, path: list[str | int], keys: Sequence[tuple[str, Effect]]) -> list[Rule]:
    return [rule for key, effect in keys for rule in rules(holder.get(key), effect, [*path, key])]


def _directories(value: Any) -> Iterator[Grant]:
    listed = value if isinstance(value, list) else [] if value is None else [None]
    for index, target in enumerate(listed):
        path: list[str | int] = ["permissions", "additionalDirectories", index]
        if isinstance(target, str):
            yield directory(target, path)
        else:
            yield {"path": path, "what": "directory", "target": "?", "extent": "unknown"}


_READERS: Final[Mapping[Format, Callable[[Settings], Approval]]] = {
    "claude_code": _claude,
    "cursor": _cursor,
    "gemini_cli": _gemini,
    "vscode": _vscode,
}
