"""A Rego file and OPA's parse tree of it: where each node stands in the text."""

from __future__ import annotations

import base64
from typing import Any

Node = dict[str, Any]


class Source:
    """The text of one file. Offsets are in characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0]
        for line in text.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def span(self, node: Node) -> tuple[int, int] | None:
        """From where to where the node stands; None where the tree does not tell, as of a condition after `else` without braces."""
        place = node.get("location")
        if not place:
            return None
        written = base64.b64decode(place["text"]).decode()
        start = self._lines[place["row"] - 1] + place["col"] - 1
        return (start, start + len(written)) if self.text.startswith(written, start) else None

    def written(self, node: Node) -> str:
        """The node's own text; empty where its place is not told."""
        place = self.span(node)
        return self.text[slice(*place)] if place else ""

    def from_to(self, first: Node, last: Node) -> tuple[int, int] | None:
        """From the beginning of one node to the end of another."""
        start, end = self.span(first), self.span(last)
        return (start[0], end[1]) if start and end else None


def rules_of(tree: Node) -> list[Node]:
    """The rules of a file, each clause by itself, with its `else` branches in it."""
    return list(tree.get("rules", []))


def name_of(rule: Node) -> str:
    """A rule's name: the first part, where it has several."""
    return str(rule["head"]["ref"][0]["value"])


def is_written(source: Source, branch: Node) -> bool:
    """Whether a rule's or branch's body stands in the text, and where is told: `x := 1` has the body `true` in the tree only, and the
    parts of a condition without braces after `else` have the place of the whole.
    """
    body = branch["body"]
    terms = body[0].get("terms")
    only_true = len(body) == 1 and isinstance(terms, dict) and terms.get("type") == "boolean"
    if only_true and source.written(terms) != "true":
        return False
    return source.span(body[0]) != source.span(branch)
