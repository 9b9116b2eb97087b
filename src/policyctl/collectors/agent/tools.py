"""Names of tools, and the words in them, by which a tool that acts is told from one that only looks."""

from __future__ import annotations

import re
from typing import Any, Final

from policyctl.model.facts.agent import Tool

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def words(name: str) -> list[str]:
    """The words in a name, in lower case: "sendMail", "send_mail" and "send-mail" are both "send" and "mail"."""
    return [word.lower() for word in _WORD.findall(name)]


def tool(name: str, path: list[str | int]) -> Tool:
    """A tool by its name."""
    return {"name": name, "words": words(name), "path": path}


def listed(value: Any, path: list[str | int]) -> list[Tool]:
    """The tools in a list of names; what is no text is a name of its own, which nobody knows."""
    if isinstance(value, list):
        return [tool(name if isinstance(name, str) else "?", [*path, index]) for index, name in enumerate(value)]
    if value is None or value is False:
        return []
    return [tool(value if isinstance(value, str) else "*" if value is True else "?", path)]
