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
