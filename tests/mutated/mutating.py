"""A real file with one to four things wrong in it: in its values first, then in its text, then in its bytes.

A mutated file may still be good: nothing here decides what should become of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from hypothesis import strategies as st

from tests.mutated.originals import Original, originals
from tests.mutated.texts import broken_bytes, broken_text
from tests.mutated.values import changed, changes, written

_HOW_MANY: Final = ((1, 0, 0), (2, 0, 0), (3, 0, 0)) * 2 + (
    (0, 1, 0),
    (0, 2, 0),
    (0, 0, 1),
    (1, 1, 0),
    (1, 0, 1),
    (2, 1, 1),
)
"""How many things are wrong in the values, the text and the bytes."""
_ENCODINGS: Final = ("utf-8",) * 9 + ("utf-16",)


@dataclass(frozen=True)
class Mutant:
    """The name and the bytes of a broken file. `changes` are those of its values, for whoever looks for what went wrong."""

    name: str
    content: bytes
    changes: tuple[str, ...]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))

    def __str__(self) -> str:
        return f"{self.name} of {len(self.content)} bytes, SHA-256 {sha256(self.content).hexdigest()}: {self.changes}"


@st.composite
def mutants(draw: st.DrawFn, kind: str) -> Mutant:
    """A broken file of this kind."""
    original = draw(st.sampled_from(originals(kind)))
    in_values, in_text, in_bytes = draw(st.sampled_from(_HOW_MANY))
    text, told = original.text, []
    if in_values and original.nodes:
        values = original.values
        for _ in range(in_values):
            path, change = draw(st.sampled_from(original.nodes)), draw(changes())
            values = changed(values, path, change)
            told.append(f"{path}: {change!r}"[:200])
        text = _file(original, values, draw(st.sampled_from((None, 1))))
    for _ in range(in_text):
        text = draw(broken_text(text))
    content = text.encode(draw(st.sampled_from(_ENCODINGS)), "surrogatepass")
    for _ in range(in_bytes):
        content = draw(broken_bytes(content))
    return Mutant(original.name, content, tuple(told))


def _file(original: Original, values: Any, indent: int | None) -> str:
    """The values as a file of the original's kind: JSON, documents of YAML, or a card with its front matter."""
    documents = [written(value, indent) for value in values]
    if original.name.endswith(".md"):
        return "---\n" + "\n".join(documents) + "\n---\n" + original.body
    return "\n---\n".join(documents)
