"""Entries that the ledger could not take yet, on a disk of the server's own: a file for each batch, until the ledger has it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from policyctl.ledger.entry import NewEntry
from policyctl.ledger.interface import Ledger, has_entry
from policyctl.model.errors import LedgerError, UsageError
from policyctl.progress import say

_SUFFIX, _SPOILT, _BLOBS, _LOCK, _PROBE = ".batch", ".spoilt", "blobs", "lock", "probe"
_AT_ONCE = 100
"""Batches that are handed over before others have their turn."""
_ENOUGH = 64 * 1024
"""Bytes for a batch."""


class Spool:
    """A folder that one server writes. For one thread at a time."""

    def __init__(self, folder: Path) -> None:
        """Makes the folder where need be. Raises UsageError where it cannot be used, or another server has it."""
        self._folder = folder
        try:
            (folder / _BLOBS).mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise UsageError(f"--spool {folder}: {error.strerror}", hint="name a folder that can be written") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            raise UsageError(
                f"--spool {folder}: another server writes it", hint="give each replica a folder of its own"
            ) from error
        self._named = {digest for file in self.waiting() for digest in _named_in(file)}

    def waiting(self) -> list[Path]:
        """The batches that the ledger does not have, the oldest first."""
        return sorted(self._folder.glob(f"*{_SUFFIX}"))

    def holds(self, sha256: str) -> bool:
        """Whether an entry that waits names a blob of this digest."""
        return sha256 in self._named

    def keep(self, entries: Sequence[NewEntry]) -> None:
        """When this returns, they survive a crash. Each has its id already. Raises LedgerError."""
        try:
            for digest, content in {digest: blob for entry in entries for digest, blob in entry.blobs.items()}.items():
                if not (file := self._folder / _BLOBS / digest).exists():
                    _write(file, content)
            told = [
                {"id": entry.id, "kind": entry.kind, "body": entry.body.decode(), "blobs": sorted(entry.blobs)}
                for entry in entries
            ]
            _write(self._folder / f"{entries[0].id}{_SUFFIX}", json.dumps(told).encode())
            self._named |= {digest for entry in entries for digest in entry.blobs}
        except OSError as error:
            raise _unwritable(self._folder, error) from error

    def probe(self) -> None:
        """Raises LedgerError unless a batch could be kept now."""
        try:
            _write(self._folder / _PROBE, bytes(_ENOUGH))
            (self._folder / _PROBE).unlink()
        except OSError as error:
            raise _unwritable(self._folder, error) from error

    def hand_over(self, ledger: Ledger) -> int:
        """Appends what waits, batch by batch, and forgets it: some of it, so that nobody waits for long. How many entries those were. What
        the ledger has already, because it could not say so in time, is not appended twice. Raises LedgerError, with all that is not in
        the ledger still here.
        """
        count = 0
        for file in self.waiting()[:_AT_ONCE]:
            if (entries := self._read(file)) is None:
                continue
            missing = [entry for entry in entries if not has_entry(ledger, entry.id)]
            ledger.append(missing)
            count += len(missing)
            file.unlink()
        if not self.waiting():
            self._named.clear()
            for blob in (self._folder / _BLOBS).iterdir() if count else ():
                blob.unlink()
        return count

    def close(self) -> None:
        """Lets go of the folder. What waits in it is taken up by the next server."""
        os.close(self._lock)

    def _read(self, file: Path) -> list[NewEntry] | None:
        """None for a file that the disk has spoilt: it is left for people, and keeps nothing else from the ledger."""
        try:
            told = json.loads(file.read_bytes())
            return [NewEntry(one["kind"], one["body"].encode(), self._blobs(one["blobs"]), one["id"]) for one in told]
        except (OSError, ValueError, KeyError, TypeError) as error:
            left = file.replace(file.with_suffix(_SPOILT))
            say(
                f"policyctl: a spooled batch of decisions cannot be read, and is left as {left}: {type(error).__name__}"
            )
            return None

    def _blobs(self, digests: Sequence[str]) -> Mapping[str, bytes]:
        return {digest: (self._folder / _BLOBS / digest).read_bytes() for digest in digests}


def _named_in(file: Path) -> set[str]:
    """The blobs of a batch; none of one that the disk has spoilt."""
    try:
        return {digest for one in json.loads(file.read_bytes()) for digest in one["blobs"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _unwritable(folder: Path, error: OSError) -> LedgerError:
    return LedgerError(
        f"neither the ledger nor the spool {folder} can be written: {error.strerror}",
        hint="look at the disk of the spool, and at what keeps the ledger",
    )


def _write(file: Path, content: bytes) -> None:
    """The file with this content, or no file; on the disk, and its name too, when this returns."""
    aside = file.with_name(f".{file.name}")
    with open(os.open(aside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    aside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
