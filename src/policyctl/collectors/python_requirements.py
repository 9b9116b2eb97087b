"""Facts of the file requirements.txt, which MLflow writes beside every model: `requirements`.

Source: pip's documentation, "Requirements File Format".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Parsed

from policyctl.collectors.decoding import decode
from policyctl.model.errors import InputError
from policyctl.model.facts.model import Requirement
from policyctl.model.gathered import Gathered, Stamp

REQUIREMENTS: Final = "requirements.txt"
"""The name of that file."""

_COMMENT: Final = re.compile(r"(^|\s)#.*$")
_ELSEWHERE: Final = re.compile(r"(-r|--requirement|-e|--editable)\b")
_EXACT_URL: Final = re.compile(r"@[0-9a-f]{40}(?:#|$)|#(?:.*&)?sha256=[0-9a-f]{64}")


def add_requirements(gathered: Gathered, content: bytes, source: str, time: str = "") -> None:
    """Adds what the file asks for; a gap where it cannot be read."""
    try:
        listed = requirements_of(decode(content, source))
    except InputError as error:
        gathered.missed(source, error, ("requirements",))
        return
    gathered.add(source, Stamp(hashlib.sha256(content).hexdigest(), time), {"requirements": listed})


def requirements_of(text: str) -> list[Requirement]:
    """Each requirement of the file, in its order. What names none, such as a path or another file, is called by its line: "line 3"."""
    listed: list[Requirement] = []
    for number, line in _lines(text):
        if line.startswith("-") and not _ELSEWHERE.match(line):
            continue  # where to look for packages, and which of them count
        try:
            parsed = Parsed(re.split(r"\s--", line)[0])
        except InvalidRequirement:
            listed.append({"name": f"line {number}", "specifier": "", "pinned": False})
            continue
        exact = any(one.operator in ("==", "===") and not one.version.endswith(".*") for one in parsed.specifier)
        pinned = bool(_EXACT_URL.search(parsed.url)) if parsed.url else exact
        listed.append({"name": parsed.name, "specifier": str(parsed.specifier), "pinned": pinned})
    return listed


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is not empty without its comment, with the number on which it begins; lines that go on are one."""
    begun, whole = 0, ""
    for number, line in enumerate([*text.splitlines(), ""], 1):
        begun = begun or number
        whole += _COMMENT.sub("", line)
        if whole.endswith("\\"):
            whole = whole[:-1]
            continue
        if whole.strip():
            yield begun, whole.strip()
        begun, whole = 0, ""
