"""Which story fits the places where a chain is broken: removed, inserted, reordered, replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policyctl.ledger.chain import Break, Chain, recorded_elsewhere
from policyctl.ledger.entry import FIRST_PREV
from policyctl.ledger.report import Problem

MOST_NAMED = 1000
_GONE = "they were recorded and are gone"
_NEVER = "no entry was ever recorded at this place"
_HEADER = "its header is not the one that was recorded"


def diagnosed(chain: Chain, positions: Mapping[str, int]) -> Iterator[Problem]:
    """The problems of a chain. `positions` tells where the hashes that broken rows name as `prev` are stored now."""
    places = {**positions, FIRST_PREV: 0}
    broken = {each.seq for each in chain.breaks if not each.linked}
    late = {seq for seq, _ in chain.late}
    for each in chain.breaks:
        for problem in _story(chain.stream, each, places.get(each.prev), broken):
            yield from _without(problem, late) if problem.what == _GONE else [problem]
    for seq, id in chain.late:
        if any(each.after < seq < each.seq for each in chain.breaks):
            yield Problem(
                "reordered", "out of place: it stands behind entries recorded after it", chain.stream, seq, seq, id
            )
        else:
            yield Problem("inserted", _NEVER, chain.stream, seq, seq, id)
    for note in chain.notes:
        yield Problem(note.kind, note.what, chain.stream, note.first, note.last, note.id)


def _story(stream: int, each: Break, found: int | None, broken: set[int]) -> Iterator[Problem]:
    seq, gap = each.seq, each.seq - each.after > 1
    if each.own and gap:
        yield Problem("removed", _GONE, stream, each.after + 1, seq - 1)
    elif each.own and seq - 1 in broken:
        return  # the row before it is the one that is out of place
    elif found is not None and found != each.after and (gap or found > each.after or found + 1 in broken):
        what = f"out of place: it was recorded after what is now entry {found}"
        yield Problem("reordered", what, stream, seq, seq, each.id)
    elif found is not None and found < each.after:
        yield Problem("inserted", _NEVER, stream, found + 1, each.after)
        yield from _own_header(stream, each)
    elif each.linked or (found is None and not each.own):
        if gap and not each.linked:
            yield Problem("removed", _GONE, stream, each.after + 1, seq - 1)
        elif each.shift > 0:
            yield Problem("removed", f"{each.shift} recorded just before this are gone", stream, seq, seq, each.id)
        yield from _own_header(stream, each)
    elif seq == 1:
        yield Problem("removed", "what was recorded before this is gone", stream, seq, seq, each.id)
    elif seq + 1 in broken:
        yield Problem("changed", "it was replaced: its neighbours were chained to another", stream, seq, seq, each.id)
    else:
        yield Problem("changed", "it was replaced: the entry after it was chained to another", stream, seq - 1, seq - 1)


def _own_header(stream: int, each: Break) -> Iterator[Problem]:
    if each.shift:
        yield Problem("renumbered", recorded_elsewhere(each.shift), stream, each.seq, each.seq, each.id)
    elif not each.own:
        yield Problem("changed", _HEADER, stream, each.seq, each.seq, each.id)


def _without(gone: Problem, found: set[int]) -> Iterator[Problem]:
    """A range said to be gone, without the entries that were found elsewhere."""
    start, end = gone.first or 0, gone.last or 0
    for stop in [*sorted(seq for seq in found if start <= seq <= end), end + 1]:
        if start < stop:
            yield Problem(gone.kind, gone.what, gone.stream, start, stop - 1)
        start = stop + 1


def joined(problems: Iterable[Problem]) -> tuple[list[Problem], int]:
    """Problems by place, neighbours with the same story as one; and how many there are beyond MOST_NAMED."""
    ordered = sorted(problems, key=lambda each: (each.stream or 0, -1 if each.first is None else each.first))
    runs: list[Problem] = []
    for each in ordered:
        if runs and _continues(runs[-1], each):
            last = runs.pop()
            runs.append(Problem(last.kind, last.what, last.stream, last.first, each.last))
        else:
            runs.append(each)
    return runs[:MOST_NAMED], max(0, len(runs) - MOST_NAMED)


def _continues(run: Problem, each: Problem) -> bool:
    same = (run.kind, run.what, run.stream, run.blob) == (each.kind, each.what, each.stream, each.blob)
    return same and run.last is not None and each.first == run.last + 1
