"""A version's history as a Mermaid flowchart. Source: Mermaid's documentation, "Flowcharts - Basic Syntax"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from policyctl.lineage.marking import Marked, State
from policyctl.lineage.tree import MARKS, label

COLOURS: dict[State, str] = {
    "held": "#d7f0dc",
    "failed": "#f9d4d4",
    "untold": "#fbeec2",
    "missing": "#f9d4d4",
    "unseen": "#ececec",
}


def render(roots: Sequence[Marked]) -> str:
    """One chart of all versions. A dataset that several parts name is one node."""
    lines = ["flowchart LR"]
    numbers = count()
    known: dict[str, str] = {}
    for root in roots:
        lines += _lines(root, "", known, numbers)
    lines += [f"  classDef {state} fill:{colour},stroke:#555,color:#111" for state, colour in COLOURS.items()]
    return "\n".join(lines) + "\n"


def _lines(part: Marked, above: str, known: dict[str, str], numbers: count[int]) -> Iterator[str]:
    key = f"{part.stage} {part.name}" if part.stage == "dataset" and part.name else ""
    node = known.get(key) or f"n{next(numbers)}"
    if key not in known:
        yield f'  {node}["{MARKS[part.state][0]} {_escaped(label(part))}"]:::{part.state}'
    if key:
        known[key] = node
    if above:
        yield f"  {above} {'-.->' if part.state in ('failed', 'missing') else '-->'} {node}"
    for one in part.parts:
        yield from _lines(one, node, known, numbers)


def _escaped(text: str) -> str:
    return (
        text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;").replace("`", "#96;")
    )
