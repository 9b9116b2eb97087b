"""Addresses of repositories: without credentials, and whether two of them lead to one repository."""

from __future__ import annotations

import re

_URL = re.compile(
    r"(?P<scheme>https?|ssh|git)://(?:(?P<user>[^/?#]*)@)?(?P<host>[^/?#@]+)/(?P<path>[^?#]*)", re.IGNORECASE
)
_SCP = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]{2,}):(?!:|//)(?P<path>[^?#:]+)")


def public(address: str) -> str:
    """The address without user, password, query and fragment; empty where it is none of a server: a path, or a transport's command."""
    if found := _URL.fullmatch(re.split(r"[?#]", address, maxsplit=1)[0]):
        return f"{found['scheme'].lower()}://{found['host']}/{found['path']}"
    return f"{found['host']}:{found['path']}" if (found := _SCP.fullmatch(address)) else ""


def same_repository(one: str, other: str) -> bool | None:
    """Whether two addresses lead to one repository, over whichever protocol; None where one of them is none of a server."""
    places = _place(one), _place(other)
    return None if None in places else places[0] == places[1]


def _place(address: str) -> tuple[str, str] | None:
    """Host and path, as servers that hold repositories compare them: without port, capitals and `.git`."""
    bare = public(address)
    found = _URL.fullmatch(bare) or _SCP.fullmatch(bare)
    if found is None:
        return None
    host = re.sub(r":\d+$", "", found["host"])
    return host.lower(), found["path"].strip("/").removesuffix(".git").lower()
