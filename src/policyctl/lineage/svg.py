"""A version's history as an SVG drawing: the parts in columns, each joined to what names it. Source: SVG 1.1."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from policyctl.lineage.marking import Marked
from policyctl.lineage.mermaid import COLOURS
from policyctl.lineage.tree import MARKS, label

_WIDTH, _HEIGHT, _ACROSS, _DOWN, _LETTERS = 300, 34, 60, 12, 40
"""A box in pixels, the room beside and below it, and how many letters it holds."""


def render(roots: Sequence[Marked]) -> str:
    """One drawing of all versions. What controls say of a part is its title, which browsers show under the pointer."""
    boxes: list[str] = []
    lines: list[str] = []
    bottom = deepest = 0

    def draw(part: Marked, depth: int) -> int:
        """Draws a part in the next free row of its column, and gives the height at which its box begins."""
        nonlocal bottom, deepest
        deepest = max(deepest, depth)
        top = bottom
        starts = [draw(one, depth + 1) for one in part.parts]
        if not starts:
            bottom += _HEIGHT + _DOWN
        left = depth * (_WIDTH + _ACROSS)
        boxes.append(_box(part, left, top))
        lines.extend(_line(left + _WIDTH, top, start, one) for start, one in zip(starts, part.parts, strict=True))
        return top

    for root in roots:
        draw(root, 0)
    width, height = (deepest + 1) * (_WIDTH + _ACROSS) - _ACROSS, max(bottom - _DOWN, _HEIGHT)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {width + 8} {height + 8}" width="{width + 8}" height="{height + 8}"'
    return "\n".join([f'{head} font-family="sans-serif" font-size="12">', *lines, *boxes, "</svg>"]) + "\n"


def _box(part: Marked, left: int, top: int) -> str:
    text = f"{MARKS[part.state][0]} {label(part)}"
    shown = text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
    title = escape("\n".join((label(part), *part.said)))
    box = f'<rect x="{left}" y="{top}" width="{_WIDTH}" height="{_HEIGHT}" rx="5" fill="{COLOURS[part.state]}" stroke="#555"/>'
    words = f'<text x="{left + 8}" y="{top + 21}" fill="#111">{escape(shown)}</text>'
    return f"<g><title>{title}</title>{box}{words}</g>"


def _line(left: int, top: int, start: int, part: Marked) -> str:
    middle, y, to = left + _ACROSS // 2, top + _HEIGHT // 2, start + _HEIGHT // 2
    dashed = ' stroke-dasharray="4 3"' if part.state in ("failed", "missing") else ""
    return f'<path d="M{left} {y} H{middle} V{to} H{left + _ACROSS}" fill="none" stroke="#555"{dashed}/>'
