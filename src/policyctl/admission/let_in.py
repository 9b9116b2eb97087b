"""The mark that an entry leaves of the object that it let in, so that one look into the ledger's index tells whether some entry did.

It is a blob that says the object's UID and state, a digest of what is around it as far as a control looks there (network policies, its
service account and so on), and the profile that decided, and nothing else: whoever has the object knows its digest. The entry names it,
so the chain vouches for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policyctl.admission.cluster.cache import GAP
from policyctl.admission.subjects import NotJudged, state_of, uid_of
from policyctl.documents.building import canonical, digest
from policyctl.model.document import Collected

ROLE = "let_in"
"""What an entry's body calls it, among its blobs."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Of one object in one state. `sha256` names its `content`."""

    sha256: str
    content: bytes


def mark_of(value: Mapping[str, Any], found: Collected | NotJudged, profile: str) -> Mark | None:
    """The mark of an object as it is, of which this was `found`, under the profile that decides where it is.

    None for one that has no UID, and could be taken for another; that cannot be read; or around which not all is known.
    """
    if not (uid := uid_of(value)) or isinstance(found, NotJudged) or any(gap["code"] == GAP for gap in found.gaps):
        return None
    facts = found.facts
    around = digest(canonical([facts["relations"], facts["inference"]["monitors"]]))
    content = canonical({"v": 1, "uid": uid, "state": state_of(value), "around": around, "profile": profile})
    return Mark(digest(content), content)
