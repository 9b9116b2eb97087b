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
    plain = _plain_line(text, [step for step in steps if isinstance(step, str)])
    if plain is not None:
        return plain
    body = _body(text)
    return 0 if body is None else _line(body, steps, 0)


def _plain_line(text: str, names: list[str]) -> int | None:
    """The line where the layout alone tells it, None where only the parser can, whose loading costs more than all else.

    Each name must begin at most one line, each deeper than the one before and inside it, the first as deep as the block's first line.
    """
    if not names:
        return 0
    lines = text.splitlines()
    depths = [len(line) - len(line.lstrip()) for line in lines]
    here, depth = 0, next((depths[at] - 1 for at, line in enumerate(lines) if at and line.strip()), 0)
    for nth, name in enumerate(names):
        begins = re.compile(rf'(?:dynamic[ \t]+)?"?{re.escape(name)}\b')
        there = [at for at, line in enumerate(lines) if at and begins.match(line.lstrip())]
        if not there:
            return here
        at = there[0]
        deep_enough = depths[at] == depth + 1 if nth == 0 else depths[at] > depth
        inside = all(depths[between] > depth for between in range(here + 1, at) if lines[between].strip())
        if len(there) > 1 or at <= here or not (deep_enough and inside) or "<<" in text or "/*" in text:
            return None
        here, depth = at, depths[at]
    return here


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
            return _entry(node, rest, node.meta.line - 1)
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


def _entry(node: Node, steps: Steps, here: int) -> int:
    """The line of an entry of the object that an attribute or another entry is set to."""
    if not steps or not isinstance(steps[0], str):
        return here
    terms = [term for term in _trees(node) if term.data == "expr_term"]
    objects = [inner for term in terms for inner in _trees(term) if inner.data == "object"]
    for entry in (entry for one in objects for entry in _trees(one) if entry.data == "object_elem"):
        key = next((part for part in _trees(entry) if part.data == "object_elem_key"), None)
        if key is not None and _text(key) == steps[0]:
            return _entry(entry, steps[1:], entry.meta.line - 1)
    return here


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
        words.append(_text(child))
    return words


def _text(node: Node) -> str:
    return "".join(str(token) for token in node.scan_values(lambda _: True)).strip('"')
