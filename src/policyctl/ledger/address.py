"""A ledger's address as people may see it: never with a password."""

from __future__ import annotations

import re

MASK = "***"
_SECRET = re.compile(r"(?i)((?:^|[?&])[^=&]*(?:password|secret|token|key)[^=&]*=)[^&#]*")


def masked(address: str) -> str:
    """The address with `***` for a password; the path of a file as it is.

    Whatever stands before the last "@" and is not plainly a user's name is taken for a password: in an address that was
    not escaped as it should be, part of one may stand where the host or the path belongs.
    """
    scheme, separator, rest = address.partition("://")
    if not separator or scheme == "sqlite":
        return address
    credentials, at, place = rest.rpartition("@")
    user, _, password = credentials.partition(":")
    if at and (password or ":" in credentials or set(user) & set("/?#@")):
        user = user if not set(user) & set("/?#@") else ""
        credentials = f"{user}:{MASK}"
    place, mark, query = place.partition("?")
    hidden = _SECRET.sub(lambda match: match[1] + MASK, mark + query)
    return f"{scheme}://{credentials}{at}{place}{hidden}"
