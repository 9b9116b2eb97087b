"""How exactly a package is named: whether tomorrow's start runs what today's did.

Sources: semver.org 2.0.0; npm's "package spec"; PEP 440 and PEP 508; `go help modules`.
"""

from __future__ import annotations

import re
from typing import Final, Literal

Pin = Literal["exact", "digest", "commit", "tag", "moving", "none", "unknown"]

_VARIABLE: Final = re.compile(r"\$\{|\$\w|\{\{|%\w+%|^\$\(")
_SEMVER: Final = re.compile(r"v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")
_GO: Final = re.compile(r"v\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+incompatible)?")
_PEP_440: Final = re.compile(
    r"v?(?:\d+!)?\d+(?:\.\d+)*(?:[-_.]?(?:a|b|rc|alpha|beta|c|pre|preview)[-_.]?\d*)?(?:-\d+|[-_.]?(?:post|rev|r)[-_.]?\d*)?"
    r"(?:[-_.]?dev[-_.]?\d*)?(?:\+[a-z0-9.]+)?",
    re.IGNORECASE,
)
_COMMIT: Final = re.compile(r"[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")


def has_variable(text: str) -> bool:
    """Whether something stands in it that is filled in later."""
    return _VARIABLE.search(text) is not None


def npm(version: str | None) -> Pin:
    """Of a version after "@": exact, a range, or a tag of the registry such as latest."""
    return _pin(version, _SEMVER)


def pypi(version: str | None) -> Pin:
    """Of a version after "==" or "@"."""
    return _pin(version, _PEP_440)


def go(version: str | None) -> Pin:
    """Of a module's version after "@". The checksum database holds a version to its content; a commit is one."""
    if version and re.fullmatch(r"[0-9a-f]{7,40}", version):
        return "commit"
    return _pin(version, _GO)


def nuget(version: str | None) -> Pin:
    """Of a version of a .NET tool."""
    return _pin(version, re.compile(r"\d+\.\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?"))


def revision(text: str | None) -> Pin:
    """Of what names a revision of a git repository: only a whole commit stays what it is."""
    return "commit" if text and _COMMIT.fullmatch(text) else _pin(text, re.compile(r"(?!)"))


def _pin(version: str | None, exact: re.Pattern[str]) -> Pin:
    if not version:
        return "none"
    if has_variable(version):
        return "unknown"
    return "exact" if exact.fullmatch(version) else "moving"
