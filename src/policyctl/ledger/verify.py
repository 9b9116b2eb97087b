"""Verification: is the ledger what was appended, and, with a signed checkpoint kept elsewhere, is it all of it.

A chain alone shows only that the ledger agrees with itself: who can write the file can write another that does, or
cut off its end. The root in a checkpoint is what such a ledger cannot have.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyctl.ledger.across import erased_blobs, erased_bodies, named_blobs, stream_problems
from policyctl.ledger.chain import Chain
from policyctl.ledger.diagnosis import diagnosed, joined
from policyctl.ledger.interface import Record, Records
from policyctl.ledger.report import Erasure, Problem, StreamReport, VerifyReport
from policyctl.ledger.verify_proof import NotProvenError, checked_checkpoint
from policyctl.model.errors import LedgerError, UsageError

if TYPE_CHECKING:
    from policyctl.ledger.checkpoint import Checkpoint


def verify(ledger: Records, checkpoint: Checkpoint | None = None, public_key: bytes | None = None) -> VerifyReport:
    """Reads everything and names what is wrong. `public_key` is PEM; a checkpoint needs it (UsageError without).

    Memory grows with the number of distinct blobs and erased bodies, not with the ledger.
    """
    if checkpoint is not None and public_key is None:
        raise UsageError("a checkpoint proves nothing without the key that signed it", hint="add --key PUBLIC.pem")
    problems: list[Problem] = []
    erased: list[Erasure] = []
    chains: dict[int, Chain] = {}
    blobs: int | None = None
    with ledger.snapshot():
        origin = _flaws(ledger, problems)
        for stream in ledger.streams():
            signed = next((head.size for head in checkpoint.streams if head.stream == stream), 0) if checkpoint else 0
            chains[stream] = chain = Chain(stream)
            chain.read(_until_damaged(ledger, chain), {signed})
        erased.extend(erased_bodies(chains))
        for stream, chain in chains.items():
            if chain.unreadable:
                problems.append(
                    Problem("damaged", f"nothing after entry {chain.last} can be read: {chain.unreadable}", stream)
                )
            prevs = [each.prev for each in chain.breaks if not each.linked]
            problems.extend(diagnosed(chain, {} if chain.unreadable else ledger.positions(stream, prevs)))
        problems.extend(stream_problems(chains))
        if ledger.has_blobs:
            blobs = _check_blobs(ledger, chains, problems, erased)
    anchored = _check_anchor(origin, chains, checkpoint, public_key, problems) if checkpoint and public_key else {}
    named, unnamed = joined(problems)
    return VerifyReport(
        origin,
        tuple(
            StreamReport(stream, chain.tree.size, chain.tree.root().hex(), anchored.get(stream, 0))
            for stream, chain in chains.items()
        ),
        blobs,
        tuple(named),
        unnamed + sum(chain.unnamed for chain in chains.values()),
        tuple(erased),
        checkpoint.time if checkpoint else None,
    )


def _flaws(ledger: Records, problems: list[Problem]) -> str:
    """The origin, and problems of the store itself."""
    try:
        problems.extend(Problem("schema", sentence) for sentence in ledger.flaws())
        return ledger.origin
    except LedgerError as error:
        problems.append(Problem("damaged", error.message))
        return ""


def _until_damaged(ledger: Records, chain: Chain) -> Iterator[Record]:
    try:
        yield from ledger.records(chain.stream)
    except LedgerError as error:
        chain.unreadable = error.message


def _check_blobs(ledger: Records, chains: dict[int, Chain], problems: list[Problem], erased: list[Erasure]) -> int:
    """Every blob that an entry names is there, unless erased, and is what its digest says; no other is there."""
    named, gone = named_blobs(chains), erased_blobs(chains)
    bodies_hold = not problems
    count = 0
    try:
        for digest, content in ledger.blobs():
            count += 1
            owners = named.pop(digest, [])
            stream, seq = owners[-1] if owners else (None, None)
            if content is None or hashlib.sha256(content).hexdigest() != digest:
                what = f"blob {digest} is not what was recorded"
                problems.append(Problem("changed", what, stream, seq, seq, blob=digest))
            elif not owners:
                if bodies_hold:
                    problems.append(Problem("inserted", f"blob {digest} is named by no entry", blob=digest))
            elif digest in gone and not any(map(gone[digest].precedes, owners)):
                what = f"blob {digest} was erased by entry {gone[digest].by} and is there again"
                problems.append(Problem("changed", what, stream, seq, seq, blob=digest))
    except LedgerError as error:
        problems.append(Problem("damaged", f"not all blobs can be read: {error.message}"))
        return count
    for digest, owners in named.items():
        if digest in gone and not any(map(gone[digest].precedes, owners)):
            erased.append(Erasure(gone[digest].by.seq, gone[digest].by.stream, blob=digest))
        else:
            stream, seq = owners[-1]
            problems.append(Problem("missing", f"blob {digest} is gone", stream, seq, seq, blob=digest))
    return count


def _check_anchor(
    origin: str, chains: dict[int, Chain], checkpoint: Checkpoint, public_key: bytes, problems: list[Problem]
) -> dict[int, int]:
    """How many entries of each stream are as signed; problems where they are not."""
    try:
        checked_checkpoint(checkpoint.document(), public_key)
    except NotProvenError as error:
        problems.append(Problem("checkpoint", f"nothing is anchored: {error}"))
        return {}
    if checkpoint.origin != origin:
        what = f"the checkpoint is of ledger {checkpoint.origin}, and this says it is {origin or 'none'}"
        problems.append(Problem("checkpoint", what))
    anchored: dict[int, int] = {}
    for head in checkpoint.streams:
        chain = chains.get(head.stream)
        last = chain.last if chain else 0
        if last < head.size:
            what = f"they were there when the checkpoint of {checkpoint.time} was signed, and are gone"
            problems.append(Problem("truncated", what, head.stream, last + 1, head.size))
        elif chain and chain.roots.get(head.size) == head.root:
            anchored[head.stream] = head.size
        elif problems:
            what = f"as a whole, they are not what the checkpoint of {checkpoint.time} signed"
            problems.append(Problem("checkpoint", what, head.stream, 1, head.size))
        else:
            what = f"they agree with each other, and are not what the checkpoint of {checkpoint.time} signed"
            problems.append(Problem("rewritten", what, head.stream, 1, head.size))
    return anchored
