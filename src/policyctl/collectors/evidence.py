"""Evidence that people name in YAML files of ours, and what became of it since.

{title: Assignment of oversight, file: evidence/assignment.md, sha256: 0f3c…}
"""

from __future__ import annotations

import hashlib
import os
from typing import Any, Final, cast

from policyctl.collectors.written_values import Reader, Wrong, mapping, sha256, text
from policyctl.model.attestation import Evidence, EvidenceState
from policyctl.model.document import Path

_READERS: Final[dict[str, Reader]] = {"title": text, "sha256": sha256, "file": text, "link": text}


def read_evidence(value: Any, path: Path) -> dict[str, Any]:
    """One piece of evidence as it is written. Raises Wrong for one that cannot be found by anything."""
    read = mapping(value, path, _READERS, ("title",), "evidence")
    if not {"sha256", "file", "link"} & set(read):
        raise Wrong("evidence is found by its sha256, file or link, and has none of them", *path)
    return read


def compared(evidence: dict[str, Any], folder: str, path: Path) -> Evidence:
    """The evidence, with what became of its file, looked for from `folder`. Raises Wrong for a file without a digest."""
    state: EvidenceState = "elsewhere"
    if "file" in evidence:
        now = _digest_of(os.path.join(folder, evidence["file"]))
        if "sha256" not in evidence:
            told = f"; now it is {now}" if now else ""
            raise Wrong(f"the evidence has a file and no sha256, which says what was attested{told}", *path)
        state = "missing" if now is None else "same" if now == evidence["sha256"] else "changed"
    return cast("Evidence", {**evidence, "state": state})


def _digest_of(path: str) -> str | None:
    """SHA-256 of a regular file, in hex; None where there is none that can be read."""
    if not os.path.isfile(path):
        return None
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
