"""The digest of a model: one for all of its files."""

from __future__ import annotations

import hashlib
from typing import Final

from policyctl.model.facts.model import ArtefactFile

MOST_FILES: Final = 10_000
"""Files of one version."""


def digest_of(files: list[ArtefactFile]) -> str:
    """What `policyctl.model.facts.model.Artefact` says. Every file has a digest."""
    lines = [f"{file['sha256']}  {file['path']}\n" for file in sorted(files, key=lambda file: file["path"].encode())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
