"""The Merkle tree of RFC 6962, section 2.1, computed as the leaves stream by: memory grows with its height only.

A proof is a list of subtree roots. Which subtrees is a matter of numbers alone, so `inclusion_ranges` and
`consistency_ranges` give ranges of leaves, and `roots_of` turns ranges into hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from policyctl.ledger.verify_proof import NotProvenError, node_hash, root_from_path

Range = tuple[int, int]
"""Leaves from the first number, counted from 0, up to but without the second."""


class Tree:
    """A tree that only grows. Holds one hash for each one-bit of its size."""

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Adds one leaf hash."""
        size = self.size
        while size & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            size >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root; of an empty tree, the hash of nothing."""
        if not self._peaks:
            return hashlib.sha256().digest()
        value = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            value = node_hash(peak, value)
        return value


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of the tree with these leaf hashes."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def roots_of(ranges: Iterable[Range], leaves: Callable[[int, int], Iterable[bytes]]) -> list[bytes]:
    """The root of each range; `leaves(start, end)` gives the leaf hashes of one."""
    return [root_of(leaves(start, end)) for start, end in ranges]


def _split(size: int) -> int:
    """The largest power of two below `size` (RFC 6962's k)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The subtrees of the audit path of leaf `index` in a tree of `size`, from the leaf upwards (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    ranges: list[Range] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """The subtrees that prove that a tree of `new` leaves begins with the tree of its first `old` (RFC 6962, 2.1.2)."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency proof from {old} to {new} leaves")
    ranges: list[Range] = []
    start, end, whole = 0, new, True
    while old < end:
        middle = start + _split(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, whole = middle, False
    if not whole:
        ranges.append((start, end))
    return ranges[::-1]


def includes(root: bytes, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bool:
    """Whether the audit path shows the leaf hash at `index` of the tree with this size and root."""
    try:
        return root_from_path(leaf, index, size, path) == root
    except NotProvenError:
        return False


def extends(old_root: bytes, old: int, new_root: bytes, new: int, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of `new` leaves begins with that of `old`. Source: RFC 9162, 2.1.4.2."""
    if old == new:
        return not proof and old_root == new_root
    steps = list(proof)
    if not 0 < old < new or not steps:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = steps.pop(0) if at else old_root
    for step in steps:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root
