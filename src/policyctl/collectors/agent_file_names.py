"""The names by which agents look for their configuration. Its content decides, where it says enough."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Final, Literal

Settings = Literal["claude_code", "gemini_cli", "cursor", "vscode"]

LISTS: Final = frozenset(
    {
        ".mcp.json",
        "mcp.json",
        "mcp-config.json",
        "mcp_config.json",
        "mcp_settings.json",
        "cline_mcp_settings.json",
        "claude_desktop_config.json",
    }
)
"""Names of files that list servers and little else."""

_SETTINGS: Final[Mapping[tuple[str, str], Settings]] = {
    (".claude", "settings.json"): "claude_code",
    (".claude", "settings.local.json"): "claude_code",
    (".gemini", "settings.json"): "gemini_cli",
    (".cursor", "cli.json"): "cursor",
    (".vscode", "settings.json"): "vscode",
}
_MANAGED: Final = "managed-settings.json"


def settings_of(path: str) -> Settings | None:
    """Whose settings a file of this path holds, told by its folder and name."""
    folder, name = _last_two(path)
    return "claude_code" if name == _MANAGED else _SETTINGS.get((folder, name))


def is_list_name(path: str) -> bool:
    """Whether a file of this name lists servers."""
    return _last_two(path)[1] in LISTS


def _last_two(path: str) -> tuple[str, str]:
    parts = PurePath(path.replace("\\", "/")).parts
    return (parts[-2] if len(parts) > 1 else "", parts[-1] if parts else "")
