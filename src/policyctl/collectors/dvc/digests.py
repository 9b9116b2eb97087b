"""DVC's digests: the MD5 of a file; of a folder that of a listing of its files, with ".dir" behind it.

Source: DVC 3, whose `dvc status` the tests hold this against.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import Final, Literal

from policyctl.collectors.artefact_digests import MOST_FILES
from policyctl.model.errors import InputError

_NOT_ENTERED: Final = {".git", ".hg", ".dvc", ".dvcignore"}


def listing_of(folder: str) -> bytes:
    """The listing whose MD5 is the folder's digest.

    Raises InputError where DVC may see other files than those that lie there, OSError where one cannot be read.
    """
    listed: list[dict[str, str]] = []
    for at, below, names in os.walk(folder, onerror=_refuse):
        if _NOT_ENTERED & {*below, *names} or any(os.path.islink(os.path.join(at, name)) for name in (*below, *names)):
            raise InputError("it holds a link, or what DVC passes over")
        for name in names:
            path = os.path.join(at, name)
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            listed.append({"md5": file_digest(path), "relpath": relative})
            if len(listed) > MOST_FILES:
                raise InputError(f"it holds more than {MOST_FILES} files")
    _refuse_ignored(folder)
    return json.dumps(sorted(listed, key=lambda file: file["relpath"])).encode()


def folder_digest(listing: bytes) -> str:
    """The digest of a folder, by its listing."""
    return hashlib.md5(listing, usedforsecurity=False).hexdigest() + ".dir"


def _refuse_ignored(folder: str) -> None:
    """Which files DVC leaves out is for DVC to say."""
    for at in _upwards(os.path.realpath(folder)):
        try:
            with open(os.path.join(at, ".dvcignore"), encoding="utf-8", errors="replace") as stream:
                lines = [line.strip() for line in stream]
        except FileNotFoundError:
            lines = []
        if any(line and not line.startswith("#") for line in lines):
            raise InputError(f"a .dvcignore in {at} may leave out files of it")
        if os.path.lexists(os.path.join(at, ".dvc")):
            return


def _upwards(folder: str) -> list[str]:
    above = [folder]
    while above[-1] != os.path.dirname(above[-1]):
        above.append(os.path.dirname(above[-1]))
    return above


def file_digest(path: str, algorithm: Literal["md5", "sha256"] = "md5") -> str:
    """The digest of a file's bytes, in hexadecimal digits. Raises OSError where it cannot be read."""
    # Without O_NONBLOCK, opening a named pipe waits for ever.
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.new(algorithm, usedforsecurity=False)).hexdigest()


def _refuse(error: OSError) -> None:
    raise error
