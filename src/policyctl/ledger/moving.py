"""Moving a ledger elsewhere: byte for byte, so that every checkpoint and proof made of the old one holds for the new one."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.ledger.interface import Ledger, Receiver, Records
from policyctl.ledger.report import VerifyReport
from policyctl.ledger.verify import verify
from policyctl.model.errors import LedgerError


@dataclass(frozen=True, slots=True)
class Moved:
    """What the new ledger holds: entries, streams and blobs, and the id that it took over."""

    origin: str
    entries: int
    streams: int
    blobs: int


def move(source: Records, target: Ledger) -> Moved:
    """Copies everything into an empty ledger in one transaction, verifies the copy, and only then commits it.

    The source stays as it is. Raises LedgerError, and leaves the target empty, where the source does not verify, the
    target holds an entry, the copy differs, or somebody wrote to the source meanwhile.
    """
    with target.receiving(source.origin) as receiver:
        with source.snapshot():
            before = verify(source)
            if not before.ok:
                raise LedgerError(
                    f"the ledger does not verify and was not moved: {before.problems[0]}",
                    hint="run `policyctl ledger verify`; what is wrong would be as wrong elsewhere",
                )
            _copy(source, receiver)
        after = verify(target)
        _require_same(before, after)
        if _sizes(source) != {stream.stream: stream.size for stream in before.streams}:
            raise LedgerError(
                "somebody recorded something in the old ledger meanwhile",
                hint="stop who writes to it, and move it again",
            )
    return Moved(after.origin, after.entries, len(after.streams), after.blobs or 0)


def _copy(source: Records, receiver: Receiver) -> None:
    for stream in source.streams():
        receiver.records(source.records(stream))
    for digest, content in source.blobs():
        if content is None:
            raise LedgerError(f"blob {digest} cannot be read", hint="run `policyctl ledger verify`")
        receiver.blob(digest, content)


def _sizes(ledger: Records) -> dict[int, int]:
    return {stream: sum(1 for _ in ledger.records(stream, bodies=False)) for stream in ledger.streams()}


def _require_same(before: VerifyReport, after: VerifyReport) -> None:
    if not after.ok:
        raise LedgerError(
            f"the copy does not verify: {after.problems[0]}", hint="nothing was moved; look at the target"
        )
    if (after.origin, after.streams, after.blobs) != (before.origin, before.streams, before.blobs):
        raise LedgerError("the copy is not the original", hint="nothing was moved: this is a defect, report it")
