"""Values that both formats write in their own way: digests, licences, times, addresses, identifiers."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from policyctl.collectors.bom.nodes import said
from policyctl.collectors.model_card.licences import spdx_of
from policyctl.model.facts.bom import Digest
from policyctl.model.facts.model_card import Licence

NOT_ASSERTED: Final = "NOASSERTION"
NONE: Final = "NONE"
_SPDX_ALGORITHM: Final = re.compile(r"(sha|blake2b|blake|md)(\d+)_?(\d+)?")
_RESERVED: Final = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)$")
"""Domains at which nothing is. Source: RFC 2606 and RFC 6761."""
_BRANCHES: Final = re.compile(r"\?.*|#.*")


def digest(algorithm: str, value: str) -> Digest:
    """A digest with the algorithm in CycloneDX' spelling, whether it came as "SHA-256" or, from SPDX, as "sha256"."""
    return {"algorithm": _algorithm(algorithm), "value": value.strip().lower()}


def _algorithm(name: str) -> str:
    match = _SPDX_ALGORITHM.fullmatch(name)
    if match is None:
        return name
    family, first, second = match.groups()
    if family == "sha":
        return f"SHA{first}-{second}" if second else f"SHA-{first}"
    if family == "blake2b":
        return f"BLAKE2b-{first}"
    return f"{family.upper()}{first}"


def licence(identifier: str, name: str | None = None, link: str | None = None) -> Licence:
    """A licence by its id or expression; `spdx` where it stands for licences of the SPDX list."""
    found: Licence = {"id": identifier.strip()}
    if spdx := spdx_of(identifier.strip()):
        found["spdx"] = spdx
    if name:
        found["name"] = name
    if link:
        found["link"] = link
    return found


def moment(text: str | None) -> str | None:
    """A time in ISO 8601, as written; None where it is none."""
    try:
        return text if text and datetime.fromisoformat(text) else None
    except ValueError:
        return None


def is_address(text: str | None) -> bool:
    """Whether a text is an address at which something can be: not one of a domain that is reserved for examples."""
    if not text or not said(text):
        return False
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    return bool(parts.scheme) and bool(host or parts.path) and not _RESERVED.search(host)


def version_in(purl: str | None) -> str | None:
    """The version in a package URL: what stands after the last "@" of its path. Source: purl specification."""
    path = _BRANCHES.sub("", purl or "").removeprefix("pkg:")
    name, at, version = path.rpartition("@")
    return said(version) if at and name else None


class Names:
    """Gives each thing of a BOM an id of its own: its name, and where that is taken, its place as well."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, name: str | None, path: list[str | int]) -> str:
        """The id of the thing at `path`."""
        place = "/".join(map(str, path))
        found = name or place
        if found in self._taken:
            found = f"{found} ({place})"
        self._taken.add(found)
        return found
