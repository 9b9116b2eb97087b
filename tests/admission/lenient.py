"""An organisation's own profile, under which nothing is denied."""

from __future__ import annotations

from pathlib import Path

_PROFILE = """
id: lenient
title: Warns
description: Nothing is denied.
extends: baseline
enforcement: {default: warn, severity: {}}
"""


def configured(folder: Path) -> Path:
    """The folder, with a trusted configuration that has this profile."""
    (folder / "lenient.yaml").write_text(_PROFILE)
    (folder / "policyctl.yaml").write_text("profiles: [lenient.yaml]\n")
    return folder


def tightened(folder: Path, *, lenient: bool) -> list[str]:
    """Options of a server whose profile, `own`, denies nothing, or is the baseline: as it was before it was tightened, and after."""
    enforcement = "enforcement: {default: warn, severity: {}}\n" if lenient else ""
    folder.mkdir()
    (folder / "own.yaml").write_text(f"id: own\ntitle: Own\ndescription: An own one.\nextends: baseline\n{enforcement}")
    (folder / "policyctl.yaml").write_text("profiles: [own.yaml]\n")
    return ["--trusted-config", str(folder), "--profile", "own"]
