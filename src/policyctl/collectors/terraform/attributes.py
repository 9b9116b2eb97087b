"""The line of one attribute inside a block of HCL, from the parse tree under python-hcl2."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lark import Token, Tree

    Node = Tree[Token]

Steps = tuple[str | int, ...]


def line_of(text: str, steps: Steps) -> int:
    """The line of the attribute or nested block at `steps`, counted from 0 at the beginning of `text` (one block).

    Where the text does not set it, that of the nearest block around it; 0 also when the text cannot be parsed.
    """
    first = next((step for step in steps if isinstance(step, str)), None)
    if first is None or not re.search(rf'^[ \t]*(?:dynamic[ \t]+)?"?{re.escape(first)}\b', text, re.MULTILINE):
        # Importing and warming the parser costs more than all else; what is not written needs none.
        return 0
    body = _body(text)
    return 0 if body is None else _line(body, steps, 0)


@lru_cache(maxsize=256)
def _body(text: str) -> Node | None:
    from hcl2.api import parses_to_tree
    from lark.exceptions import LarkError

    try:
        tree = parses_to_tree(text)
    except (LarkError, RecursionError):
        return None
    top = _inner(tree)
    block = next((node for node in _trees(top) if node.data == "block"), None) if top else None
    return _inner(block) if block else None


def _line(body: Node, steps: Steps, here: int) -> int:
    names = [index for index, step in enumerate(steps) if isinstance(step, str)]
    if not names:
        return here
    name, rest = str(steps[names[0]]), steps[names[0] + 1 :]
    nth = rest[0] if rest and isinstance(rest[0], int) else 0
    nested: list[Node] = []
    for node in _trees(body):
        if node.data == "attribute" and _words(node)[:1] == [name]:
            return node.meta.line - 1
        if node.data == "block" and name in (_words(node)[:1], _words(node)[1:2])[_words(node)[:1] == ["dynamic"]]:
            nested.append(node)
    if not nested:
        return here
    chosen = nested[nth] if nth < len(nested) else nested[0]
    inner = _inner(chosen)
    if inner is not None and _words(chosen)[:1] == ["dynamic"]:
        content = next((node for node in _trees(inner) if node.data == "block" and _words(node) == ["content"]), None)
        inner = _inner(content) if content is not None else inner
    line = chosen.meta.line - 1
    return line if inner is None else _line(inner, rest, line)


def _inner(block: Node) -> Node | None:
    return next((node for node in _trees(block) if node.data == "body"), None)


def _trees(node: Node) -> list[Node]:
    from lark import Tree

    return [child for child in node.children if isinstance(child, Tree)]


def _words(node: Node) -> list[str]:
    """The name and labels of a block, or the name of an attribute."""
    words = []
    for child in _trees(node):
        if child.data not in {"identifier", "string", "keyword", "literal_value"}:
            break
        words.append("".join(str(token) for token in child.scan_values(lambda _: True)).strip('"'))
    return words
