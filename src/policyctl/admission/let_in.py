"""The mark that an entry leaves of the object that it let in, so that one look into the ledger's index tells whether some entry did.

It is a blob that says the object's UID and state, and nothing else: whoever has the object knows its digest. The entry names it, so the
chain vouches for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policyctl.admission.subjects import state_of, uid_of
from policyctl.documents.building import canonical, digest

ROLE = "let_in"
"""What an entry's body calls it, among its blobs."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Of one object in one state. `sha256` names its `content`."""

    sha256: str
    content: bytes


def mark_of(value: Mapping[str, Any]) -> Mark | None:
    """The mark of an object as it is; None for one that has no UID, and could be taken for another."""
    if not (uid := uid_of(value)):
        return None
    content = canonical({"v": 1, "uid": uid, "state": state_of(value)})
    return Mark(digest(content), content)
