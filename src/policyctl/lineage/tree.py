"""A version's history as a tree for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyctl.lineage.marking import Marked, State
from policyctl.model.printable import printable

MARKS: dict[State, tuple[str, str]] = {
    "held": ("✓", "green"),
    "failed": ("✗", "red"),
    "untold": ("?", "yellow"),
    "missing": ("✗", "red"),
    "unseen": ("·", "dim"),
}
_DIGEST = 32
_CODES = {"green": "32", "red": "31", "yellow": "33", "dim": "2"}


def render(roots: Sequence[Marked], colour: bool = False) -> str:
    """One tree for each version, and what the marks mean."""
    lines = [line for root in roots for line in _lines(root, "", "", colour)]
    return "\n".join(
        [
            *lines,
            "",
            "✓ controls found no fault  ✗ missing, or at fault  ? cannot be told  · no control looks at it",
            "",
        ]
    )


def _lines(part: Marked, first: str, rest: str, colour: bool) -> Iterator[str]:
    yield f"{first}{_mark(part, colour)} {label(part)}"
    below = rest + ("│  " if part.parts else "   ")
    for text in part.said:
        yield f"{below}  {printable(text)}"
    for one in part.parts[:-1]:
        yield from _lines(one, f"{rest}├─ ", f"{rest}│  ", colour)
    for one in part.parts[-1:]:
        yield from _lines(one, f"{rest}└─ ", f"{rest}   ", colour)


def label(part: Marked) -> str:
    """A part in words: "run 3c91cd01 finished 2026-11-22"."""
    name = (
        part.name[:12]
        if part.stage in ("artefact", "code", "run", "evaluation") and len(part.name) >= _DIGEST
        else part.name
    )
    told = " ".join(filter(None, (name or "missing", part.about)))
    return printable(f"{part.stage} {told}")


def _mark(part: Marked, colour: bool) -> str:
    sign, style = MARKS[part.state]
    return f"\x1b[{_CODES[style]}m{sign}\x1b[0m" if colour else sign
