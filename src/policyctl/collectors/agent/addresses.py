"""Addresses at which a server is reached, and those that it is handed as arguments (as mcp-remote is)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from typing import Final, cast
from urllib.parse import urlsplit

from policyctl.collectors.agent.pins import has_variable
from policyctl.model.facts.agent import Address

_ARGUMENT: Final = re.compile(r"(?:--?[\w-]+=)?(?P<url>(?:https?|wss?)://\S+)", re.IGNORECASE)
_SCHEMES: Final = frozenset({"https", "http", "wss", "ws"})


def address(url: str, path: list[str | int]) -> Address:
    """What a URL says of where it leads. The scheme is unknown where none of a web server stands there."""
    scheme, mark, after = url.strip().partition("://")
    known = bool(mark) and scheme.lower() in _SCHEMES
    found = cast(Address, {"path": path, "scheme": scheme.lower() if known else "unknown", "loopback": False})
    host = _host(f"//{after}") if known else None
    if host:
        found["host"] = host
        found["loopback"] = _is_loopback(host)
    return found


def addresses_in(arguments: Sequence[object], path: list[str | int]) -> Iterator[Address]:
    """Of the arguments that are URLs as a whole, or an option's value."""
    for index, argument in enumerate(arguments):
        if isinstance(argument, str) and (found := _ARGUMENT.fullmatch(argument.strip())):
            yield address(found["url"], [*path, index])


def _host(rest: str) -> str | None:
    """The host in what follows the scheme; None where a variable stands in it, or no host."""
    authority = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    if has_variable(authority.rpartition("@")[2].partition(":")[0]):
        return None
    try:
        return (urlsplit(f"//{authority}").hostname or "").rstrip(".") or None
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
