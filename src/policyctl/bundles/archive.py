"""The archive as bytes: equal files give equal bytes, and what is read of one is what anybody else would read of it."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Mapping

LONGEST = 256 * 1024 * 1024
"""Bytes of an archive's content that are unpacked; ours take less than one million."""

UNREADABLE = (tarfile.TarError, OSError, EOFError, zlib.error, ValueError)
"""What `files_in` raises of an archive that is none."""


def files_in(archive: bytes) -> dict[str, bytes]:
    """The files of an archive by path. Raises one of UNREADABLE where it is none, is too long, holds a path twice, or a path that is
    written so that others might read another one.
    """
    with gzip.open(io.BytesIO(archive)) as stream:
        raw = stream.read(LONGEST + 1)
    if len(raw) > LONGEST:
        raise ValueError(f"it unpacks to more than {LONGEST // 1024 // 1024} MiB")
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(raw), mode="r:") as tar:
        for entry in tar:
            path = entry.name.removeprefix("/")
            if entry.isdir():
                continue
            if not entry.isreg() or entry.issparse():
                raise ValueError(f"{path} is no plain file")
            if path in files:
                raise ValueError(f"{path} is in it twice")
            if any(part in ("", ".", "..") for part in path.split("/")):
                raise ValueError(f"{path}: paths begin at the top of the bundle, as in policyctl/main/main.rego")
            files[path] = raw[entry.offset_data : entry.offset_data + entry.size]
    return files


def pack(files: Mapping[str, bytes], level: int = 9) -> bytes:
    """The archive of these files, compressed at a level of gzip: equal files give equal bytes."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path in sorted(files):
            entry = tarfile.TarInfo(path)
            entry.size = len(files[path])
            entry.mode = 0o644
            tar.addfile(entry, io.BytesIO(files[path]))
    return gzip.compress(raw.getvalue(), level, mtime=0)
