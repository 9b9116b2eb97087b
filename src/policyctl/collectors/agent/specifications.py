"""What stands where a launcher expects a package: a name with its version, a repository, an address, a file of one's own.

Sources: npm's "package spec"; PEP 508; uv's "Using tools"; Deno's "Specifiers"; `go help run`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, Literal

from policyctl.collectors.agent import pins
from policyctl.collectors.kubernetes.images import parse_image
from policyctl.model.facts.agent import Package

Ecosystem = Literal["npm", "pypi", "jsr", "go", "nuget"]

_GIT: Final = re.compile(r"git\+|git:|git@|github:|gitlab:|bitbucket:|gist:|\S+\.git(?:[@#]|$)")
_ADDRESS: Final = re.compile(r"https?://|file:")
_SHORTHAND: Final = re.compile(r"[\w.-]+/[\w.-]+(?:#.*)?")
_NPM: Final = re.compile(r"(?P<name>(?:@[^/@\s]+/)?[^/@\s]+)(?:@(?P<version>.+))?")
_PYPI: Final = re.compile(
    r"(?P<name>[A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:(?:===?|@)\s*(?P<version>[^\s,;]+)|(?P<range>[<>=!~].*))?\s*(?:;.*)?"
)
_AT: Final = re.compile(r"(?P<name>[^@\s]+)(?:@(?P<version>.+))?")
_PINS: Final[Mapping[Ecosystem, Callable[[str | None], pins.Pin]]] = {
    "npm": pins.npm,
    "jsr": pins.npm,
    "pypi": pins.pypi,
    "go": pins.go,
    "nuget": pins.nuget,
}
_FORMS: Final[Mapping[Ecosystem, re.Pattern[str]]] = {
    "npm": _NPM,
    "jsr": _NPM,
    "pypi": _PYPI,
    "go": _AT,
    "nuget": _AT,
}


def is_own(text: str) -> bool:
    """Whether a path leads to a file of the repository: relative, and not out of it. A variable but the workspace's may lead anywhere."""
    inside = re.sub(
        r"^\$\{(?:workspaceFolder|CLAUDE_PROJECT_DIR|PWD|extensionPath|CLAUDE_PLUGIN_ROOT)\}[/\\]?", "./", text
    )
    if pins.has_variable(inside) or inside.startswith(("/", "~", "\\")) or re.match(r"[A-Za-z]:[\\/]", inside):
        return False
    return ".." not in re.split(r"[/\\]", inside)


def is_path(text: str) -> bool:
    """Whether this names a file or folder rather than a package."""
    return text in (".", "..") or text.startswith(
        ("./", "../", ".\\", "..\\", "/", "~", "${workspaceFolder}", "${PWD}")
    )


def package(ecosystem: Ecosystem, text: str, path: list[str | int]) -> Package | None:
    """The package that `text` names in the words of an ecosystem; None where it names none that a reader knows."""
    text = text.strip()
    if " @ " in text:
        text = text.partition(" @ ")[2]
    if _GIT.match(text) or (ecosystem == "npm" and _SHORTHAND.fullmatch(text) and not text.startswith("@")):
        return _repository(text, path)
    if _ADDRESS.match(text):
        return {"ecosystem": "url", "name": text.partition("?")[0], "pin": _of_address(text), "path": path}
    form = _FORMS[ecosystem].fullmatch(text)
    if form is None or not form["name"]:
        return None
    version = form["version"] or (form["range"] if ecosystem == "pypi" else None)
    pin = "unknown" if pins.has_variable(form["name"]) else _PINS[ecosystem](version)
    found: Package = {"ecosystem": ecosystem, "name": form["name"], "pin": pin, "path": path}
    if version:
        found["version"] = version
    return found


def image(text: str, path: list[str | int]) -> Package | None:
    """The image that a container runtime is told to run; None where no runtime would accept the reference."""
    if pins.has_variable(text):
        return {"ecosystem": "oci", "name": text, "pin": "unknown", "path": path}
    parsed = parse_image(text)
    if parsed is None:
        return None
    name = f"{parsed['registry']}/{parsed['repository']}"
    if "digest" in parsed:
        return {"ecosystem": "oci", "name": name, "version": parsed["digest"], "pin": "digest", "path": path}
    tag = parsed.get("tag")
    if tag is None:
        return {"ecosystem": "oci", "name": name, "pin": "none", "path": path}
    return {
        "ecosystem": "oci",
        "name": name,
        "version": tag,
        "pin": "moving" if tag == "latest" else "tag",
        "path": path,
    }


def _repository(text: str, path: list[str | int]) -> Package:
    """A git repository: what stands after "#" (npm) or after the last "@" of its path (pip, uv) is its revision."""
    name, hash, after = text.partition("#")
    revision = after if hash and not after.startswith(("subdirectory=", "egg=")) else None
    head, at, behind = name.rpartition("@")
    if at and "/" in head.partition("://")[2] and "/" not in behind.partition("@")[0]:
        name, revision = head, behind
    found: Package = {"ecosystem": "git", "name": name, "pin": pins.revision(revision), "path": path}
    if revision:
        found["version"] = revision
    return found


def _of_address(text: str) -> pins.Pin:
    """Of a file at an address: a version in its path is one that the server there keeps, or not."""
    return "unknown" if pins.has_variable(text) else "moving"
