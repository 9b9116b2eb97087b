"""What only all streams together show: which bodies and blobs were erased, and which streams were opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policyctl.ledger.chain import Chain
from policyctl.ledger.erasure import Erased
from policyctl.ledger.naming import Place
from policyctl.ledger.report import Erasure, Problem

Chains = Mapping[int, Chain]


@dataclass(frozen=True, slots=True)
class ErasedBlob:
    """The last erasure of a blob: where it stands, and how long the other streams were then."""

    by: Place
    heads: Mapping[int, int]

    def precedes(self, place: Place) -> bool:
        """Whether an entry at this place was recorded after it."""
        own = self.by.seq if place.stream == self.by.stream else self.heads.get(place.stream, 0)
        return place.seq > own


def erased_bodies(chains: Chains) -> list[Erasure]:
    """The bodies whose erasure is recorded. Notes in the chains those that are gone without, or there in spite of one."""
    told: list[Erasure] = []
    for stream, chain in chains.items():
        for seq, erased in chain.erasures:
            told.extend(_explained(chains, Place(stream, seq), erased))
    for chain in chains.values():
        for seq, id in chain.gone.items():
            chain.note("removed", seq, "its body is gone, and no erasure entry says so", str(id))
    return told


def _explained(chains: Chains, by: Place, erased: Erased) -> Iterator[Erasure]:
    for place, id in erased.bodies.items():
        chain = chains.get(place.stream)
        if chain is None:
            continue
        if chain.gone.get(place.seq) == id:
            del chain.gone[place.seq]
            chain.named.update(dict.fromkeys(erased.named[place], place.seq))
            yield Erasure(by.seq, place.stream, seq=place.seq)
        else:
            chain.note("changed", place.seq, f"its body was erased by entry {by} and is there again", id)


def named_blobs(chains: Chains) -> dict[str, list[Place]]:
    """By digest, the last entry of each stream that names the blob."""
    named: dict[str, list[Place]] = {}
    for stream, chain in chains.items():
        for digest, seq in chain.named.items():
            named.setdefault(digest, []).append(Place(stream, seq))
    return named


def erased_blobs(chains: Chains) -> dict[str, ErasedBlob]:
    """By digest, the last erasure of each blob."""
    return {
        digest: ErasedBlob(Place(stream, seq), erased.heads)
        for stream, chain in chains.items()
        for seq, erased in chain.erasures
        for digest in erased.blobs
    }


def stream_problems(chains: Chains) -> Iterator[Problem]:
    """Streams that were opened and are gone, and rows of streams that nobody opened. Stream 0 needs no opening."""
    openings = chains[0].openings if 0 in chains else []
    for stream, chain in chains.items():
        if stream == 0:
            continue
        if not 0 < stream <= len(openings):
            yield Problem("inserted", f"stream {stream} was never opened: its rows belong elsewhere", stream)
        for seq in chain.openings:
            yield Problem("changed", "only stream 0 opens streams", stream, seq, seq)
    for stream, seq in enumerate(openings, start=1):
        if stream not in chains or not chains[stream].tree.size:
            yield Problem("removed", f"stream {stream}, opened by entry {seq}, is gone", stream)
