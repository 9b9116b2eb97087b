"""Writes an export into a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from policyctl.model.errors import UsageError


def write(folder: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    """Write these files, by path inside the folder, which is made where it is missing.

    Raises UsageError where there is something in it already, unless `force`: then what it holds stays, but for files of these names.
    """
    try:
        if not force and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder} is not empty", hint="name an empty folder; --force writes over what is there")
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}", hint="name another folder") from error


def as_json(value: Any) -> bytes:
    """A value as indented JSON, the same bytes for the same value."""
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()
