"""One server, as the clients of the Model Context Protocol describe it: a command with its arguments, or an address.

The keys are those of Claude, Cursor, VS Code, Gemini CLI, Cline, Roo Code, Kiro, Windsurf and Copilot, which differ in what they say
about tools: `autoApprove`, `alwaysAllow`, `trust`, `includeTools`, `tools`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from policyctl.collectors.agent import addresses, credentials, grants, tools
from policyctl.collectors.agent.launching import UNKNOWN, Launch, launch
from policyctl.model.facts.agent import McpServer

_ADDRESSES: Final = ("url", "httpUrl", "serverUrl")
_TRANSPORTS: Final[Mapping[str, Literal["stdio", "http", "sse", "ws"]]] = {
    "stdio": "stdio",
    "local": "stdio",
    "http": "http",
    "streamable-http": "http",
    "streamableHttp": "http",
    "streamable_http": "http",
    "remote": "http",
    "sse": "sse",
    "ws": "ws",
    "websocket": "ws",
}
_TOLD: Final = frozenset({"env", "headers", "args", *_ADDRESSES})
"""Whose values are looked at one by one."""
_NO_TEXT: Final = "\0"
_UNASKED: Final = ("autoApprove", "alwaysAllow", "autoAllow", "auto_approve")
_OFFERED: Final = ("includeTools", "tools", "enabledTools")


def server(name: str, told: Mapping[str, Any], path: list[str | int]) -> McpServer:
    """The facts of the server that a file describes at `path`."""
    arguments = _arguments(told)
    at = [*path, "args"]
    started = _started(told, arguments, at)
    found: McpServer = {
        "id": name,
        "path": path,
        "enabled": not (told.get("disabled") is True or told.get("enabled") is False),
        "transport": _transport(told),
        "started": started.started,
        "packages": list(started.packages),
        "addresses": [
            *(addresses.address(told[key], [*path, key]) for key in _ADDRESSES if isinstance(told.get(key), str)),
            *addresses.addresses_in(arguments, at),
        ],
        "values": [
            *credentials.values(told.get("env"), "env", [*path, "env"]),
            *credentials.values(told.get("headers"), "header", [*path, "headers"]),
            *credentials.argument_values(arguments, at),
            *credentials.setting_values({key: told[key] for key in told if key not in _TOLD}, path),
            *(
                value
                for key in _ADDRESSES
                if isinstance(told.get(key), str)
                for value in credentials.url_values(told[key], [*path, key])
            ),
        ],
        "confined": "roots" if grants.serves_files(started) else "container" if started.run else "no",
        "grants": [
            *grants.of_container(started, at),
            *(grants.roots(started, arguments, at) if grants.serves_files(started) else ()),
        ],
        "unasked": [one for key in _UNASKED for one in tools.listed(told.get(key), [*path, key])],
        "trusted": told.get("trust", False) is not False,
        "offered": [one for key in _OFFERED for one in tools.listed(told.get(key), [*path, key])],
    }
    command = told.get("command")
    if isinstance(command, str):
        found["command"] = command
    return found


def _arguments(told: Mapping[str, Any]) -> list[str]:
    """The arguments as texts, each in its place; what is none is marked."""
    given = told.get("args")
    listed = given if isinstance(given, list) else [] if given is None else [given]
    return [one if isinstance(one, str) else str(one) if isinstance(one, int | float) else _NO_TEXT for one in listed]


def _started(told: Mapping[str, Any], arguments: list[str], at: list[str | int]) -> Launch:
    command = told.get("command")
    whole = isinstance(told.get("args", []), list) and _NO_TEXT not in arguments
    if isinstance(command, str) and command.strip() and whole:
        return launch(command, arguments, at)
    remote = command is None and any(isinstance(told.get(key), str) for key in _ADDRESSES)
    return Launch("remote") if remote else UNKNOWN


def _transport(told: Mapping[str, Any]) -> Literal["stdio", "http", "sse", "ws", "unknown"]:
    stated = told.get("type", told.get("transport"))
    if isinstance(stated, str):
        return _TRANSPORTS.get(stated, "unknown")
    if "command" in told:
        return "stdio"
    return "http" if any(key in told for key in _ADDRESSES) else "unknown"
