"""Who is told of an agent's tool calls: hooks on them, and telemetry that writes each down.

Sources: Claude Code, "Hooks reference" and "Monitoring" (OTEL_LOGS_EXPORTER carries an event for each tool result); Gemini CLI,
"Hooks" and "Telemetry". Whether a hook's command keeps what it is told stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from policyctl.model.facts.agent import Recorder, Trail

_EVENTS: Final = ("PreToolUse", "PostToolUse", "BeforeTool", "AfterTool")
_EVERY: Final = frozenset({"", "*", ".*", "^.*$"})
_WORKS: Final[Mapping[str, str]] = {"command": "command", "http": "url", "mcp_tool": "tool"}
"""The kinds of hooks that hand a call on, and what each must say. A "prompt" or an "agent" judges a call and keeps nothing."""


def trail(settings: Mapping[str, Any]) -> Trail:
    """The trail that settings configure."""
    recorders = [*_hooks(settings.get("hooks")), *_claude(settings.get("env")), *_gemini(settings.get("telemetry"))]
    return {"path": [], "off": settings.get("disableAllHooks", False) is not False, "recorders": recorders}


def _hooks(hooks: Any) -> Iterator[Recorder]:
    for event in _EVENTS if isinstance(hooks, Mapping) else ():
        entries = hooks.get(event, [])
        if not isinstance(entries, list):
            yield {"path": ["hooks", event], "by": "hook", "on": event, "covers": "unknown"}
            continue
        for index, entry in enumerate(entries):
            if covers := _covers(entry):
                yield {"path": ["hooks", event, index], "by": "hook", "on": event, "covers": covers}


def _covers(entry: Any) -> Literal["all", "some", "unknown"] | None:
    """Which tools an entry is called for; None for one that hands nothing on."""
    listed = entry.get("hooks") if isinstance(entry, Mapping) else None
    if not isinstance(listed, list):
        return "unknown"
    if not any(map(_hands_on, listed)):
        return None
    matcher = entry.get("matcher", "")
    if not isinstance(matcher, str):
        return "unknown"
    return "all" if matcher.strip() in _EVERY else "some"


def _hands_on(hook: Any) -> bool:
    if not isinstance(hook, Mapping) or hook.get("if"):
        return False
    needed = _WORKS.get(hook.get("type", "command")) if isinstance(hook.get("type", "command"), str) else None
    said = hook.get(needed) if needed else None
    return isinstance(said, str) and bool(said.strip())


def _claude(env: Any) -> Iterator[Recorder]:
    if isinstance(env, Mapping) and str(env.get("CLAUDE_CODE_ENABLE_TELEMETRY", "")) in ("1", "true"):
        exporter = env.get("OTEL_LOGS_EXPORTER")
        if isinstance(exporter, str) and exporter.strip() not in ("", "none"):
            yield {"path": ["env", "OTEL_LOGS_EXPORTER"], "by": "telemetry", "on": "tool_result", "covers": "all"}


def _gemini(telemetry: Any) -> Iterator[Recorder]:
    stated = telemetry.get("enabled", False) if isinstance(telemetry, Mapping) else False
    if stated is not False:
        covers: Literal["all", "unknown"] = "all" if stated is True else "unknown"
        yield {"path": ["telemetry", "enabled"], "by": "telemetry", "on": "tool_call", "covers": covers}
