"""Permission rules: what an agent may do unasked, must ask for, or may not do.

`Bash(git push:*)`, `Bash(git *)`, `mcp__github__create_issue`, `Read(./.env)` of Claude Code; `Shell(git)` of Cursor;
`run_shell_command(git)` of Gemini CLI. Of a shell's command, what stands before the first wildcard is what it must begin with.
"""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from policyctl.collectors.agent.tools import words
from policyctl.model.facts.agent import Rule

Effect = Literal["allow", "ask", "deny"]

_RULE: Final = re.compile(r"(?P<tool>\*|[A-Za-z_][\w.-]*\*?)\s*(?:\((?P<inside>.*)\))?", re.DOTALL)
_MCP_RULE: Final = re.compile(r"mcp__(?P<server>[^()]+?)(?:__(?P<tool>[^()]*))?(?:\(.*\))?", re.DOTALL)
_SHELLS: Final = frozenset({"Bash", "PowerShell", "Shell", "run_shell_command", "ShellTool", "Monitor"})
_PREFIXES: Final = frozenset({"Shell", "run_shell_command", "ShellTool"})
"""Those whose text is the beginning of a command, with or without a wildcard."""


def rules(value: Any, effect: Effect, path: list[str | int]) -> list[Rule]:
    """The rules in a list; one that is no text, or is written in no way that is known, is "unknown"."""
    if value is None:
        return []
    if not isinstance(value, list):
        return [{"path": path, "effect": effect, "text": "", "about": "unknown"}]
    return [rule(one, effect, [*path, index]) for index, one in enumerate(value)]


def rule(text: Any, effect: Effect, path: list[str | int]) -> Rule:
    """What one rule is about."""
    if not isinstance(text, str):
        return {"path": path, "effect": effect, "text": "", "about": "unknown"}
    found: Rule = {"path": path, "effect": effect, "text": text, "about": "unknown"}
    stripped = text.strip()
    if named := _MCP_RULE.fullmatch(stripped):
        return _of_server(found, named["server"], named["tool"])
    parts = _RULE.fullmatch(stripped)
    if parts is None:
        return found
    if parts["tool"] in _SHELLS:
        return _of_shell(found, parts["inside"], by_beginning=parts["tool"] in _PREFIXES)
    found["about"] = "any" if "*" in parts["tool"] else "tool"
    return found


def shell_rule(command: str, effect: Effect, path: list[str | int]) -> Rule:
    """A rule about all commands that begin so."""
    return _of_shell({"path": path, "effect": effect, "text": command, "about": "shell"}, command, by_beginning=True)


def _of_server(found: Rule, server: str, tool: str | None) -> Rule:
    found["about"] = "mcp"
    found["server"] = server
    found["whole"] = not tool or "*" in tool or "*" in server
    found["words"] = words(tool or "")
    return found


def _of_shell(found: Rule, inside: str | None, *, by_beginning: bool) -> Rule:
    found["about"] = "shell"
    text = (inside or "*").strip()
    if text.endswith(":*"):
        text = f"{text[:-2]} *"
    before, star, after = text.partition("*")
    if by_beginning and not star:
        before, star = f"{before} ", "*"
    prefix = " ".join(before.split())
    found["prefix"] = f"{prefix} " if prefix and before.endswith(" ") else prefix
    # What is forbidden after a wildcard is narrower than what begins so; what is allowed there may be anything.
    found["open"] = bool(star) and (found["effect"] == "allow" or not after.strip())
    return found
