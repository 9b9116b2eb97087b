"""HCL 2 as Conftest has it (tmccombs/hcl2json): blocks are lists below their labels, expressions are text in ${}.

The parse tree is python-hcl2's; its own JSON has another shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from policyctl.collectors.configuration.parsed import Parsed, plain
from policyctl.collectors.json_values import nearest
from policyctl.collectors.limits import Limits
from policyctl.collectors.reading import within
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

if TYPE_CHECKING:
    from lark import Token, Tree

    Node = Tree[Token]

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_HEREDOC = re.compile(r"<<(?P<trim>-?)[^\r\n]*\r?\n(?P<body>.*\n)?[ \t]*\S+\s*\Z", re.DOTALL)
_REWRITTEN = re.compile(r"\$\{[^}]*\?|\$\{\s*(\"|[0-9.]+\s*\}|true|false|null)|(?<!%)%\{|\$\{~|~\}")
_LONGEST = 2 * 1024 * 1024
"""A larger file takes minutes."""


def read_hcl(text: str, path: str) -> Parsed:
    """The file's blocks and attributes. Raises InputError for what is not HCL, and beyond 2 MiB."""
    from hcl2.api import parses_to_tree
    from lark.exceptions import LarkError

    within(len(text), _LONGEST, path)
    try:
        converter = _Converter(text + "\n", path)
        value = converter.body(_child(parses_to_tree(text + "\n"), "body"))
    except LarkError as error:
        line = getattr(error, "line", None)
        place = f":{line}" if isinstance(line, int) and line > 0 else ""
        raise InputError(
            f"{printable(path)}{place}: this is not HCL", hint="terraform fmt says what is wrong"
        ) from error
    except RecursionError as error:
        raise InputError(
            f"{printable(path)}: nested more than {Limits.DEPTH} deep", hint="nothing needs that"
        ) from error
    return Parsed((plain(value),), doubts=tuple(dict.fromkeys(converter.doubts)))


class _Converter:
    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self.doubts: list[str] = []

    def body(self, node: Node) -> dict[str, Any]:
        """Blocks, then attributes."""
        out: dict[str, Any] = {}
        attributes: dict[str, Any] = {}
        for child in _trees(node):
            if child.data == "block":
                self._block(child, out)
            elif child.data == "attribute":
                name = _word(_trees(child)[0])
                if name in attributes:
                    raise self._error(child, f"{name} is set twice")
                attributes[name] = self.expression(_trees(child)[1])
        return {**out, **attributes}

    def _block(self, node: Node, out: dict[str, Any]) -> None:
        *labels, last = [_word(child) for child in _trees(node) if child.data not in ("body", "new_line_or_comment")]
        for label in labels:
            out = out.setdefault(label, {})
            if not isinstance(out, dict):
                raise self._error(node, f"{label} has blocks with and without labels")
        listed = out.setdefault(last, [])
        if not isinstance(listed, list):
            raise self._error(node, f"{last} has blocks with and without labels")
        listed.append(self.body(_child(node, "body")))

    def expression(self, node: Node) -> Any:
        """The value of what is written out; the source of all else, as "${…}"."""
        inner = _literal(node)
        if inner is None:
            return self._unary(node) if node.data == "unary_op" else self._wrapped(node)
        match inner.data:
            case "int_lit" | "float_lit":
                return _number(_source(inner, self._text))
            case "literal_value":
                return {"true": True, "false": False, "null": None}[_word(inner)]
            case "string":
                parts = [part for part in _trees(inner) if part.data == "string_part"]
                alone = _interpolated(parts[0]) if len(parts) == 1 else None
                return self.expression(alone) if alone is not None else self._template(parts)
            case "heredoc_template" | "heredoc_template_trim":
                return self._heredoc(inner)
            case "tuple":
                return [self.expression(child) for child in _trees(inner) if child.data != "new_line_or_comment"]
            case "object":
                elements = [child for child in _trees(inner) if child.data == "object_elem"]
                return {self._key(_trees(one)[0]): self.expression(_trees(one)[1]) for one in elements}
            case _:
                return self._wrapped(node)

    def _unary(self, node: Node) -> Any:
        term = _literal(_trees(node)[0])
        if term is None or term.data not in ("int_lit", "float_lit", "literal_value"):
            return self._wrapped(node)
        if term.data == "literal_value":
            return _word(term) != "true" if _word(term) in ("true", "false") else self._wrapped(node)
        return -_number(_source(term, self._text))

    def _key(self, node: Node) -> str:
        """A key is text: a name as it is written, a template with its expressions in ${}."""
        inner = _literal(_trees(node)[0])
        if inner is None:
            return self._wrapped(node)
        if inner.data == "string":
            return self._template([part for part in _trees(inner) if part.data == "string_part"])
        plain_name = inner.data in ("identifier", "get_attr_expr_term", "index_expr_term", "literal_value", "NAME")
        if plain_name or inner.data in ("int_lit", "float_lit") or node.children[0] is inner:
            return _source(node, self._text)
        return self._wrapped(node)

    def _template(self, parts: list[Node]) -> str:
        return "".join(self._part(part) for part in parts)

    def _part(self, part: Node) -> str:
        inner = _interpolated(part)
        if inner is not None:
            return self._inside(inner)
        for child in _trees(part):
            if any(str(token) == "~" for token in child.children):
                self.doubts.append("a template strips white space with ~, which is not read")
            return self._directive(child)
        raw = _source(part, self._text)
        if raw.startswith(("$${", "%%{")):
            return raw
        try:
            return _ESCAPE.sub(_unescaped, raw)
        except ValueError as error:
            raise self._error(part, str(error)) from error

    def _directive(self, node: Node) -> str:
        """%{if condition}, %{else}, %{for key, value in list} and their ends, without the spaces that may stand in them."""
        told = [_source(child, self._text) for child in _trees(node)]
        match node.data:
            case "template_if_start":
                return f"%{{if {told[0]}}}"
            case "template_for_start":
                return f"%{{for {', '.join(told[:-1])} in {told[-1]}}}"
            case _:
                return f"%{{{str(node.data).removeprefix('template_')}}}"

    def _inside(self, node: Node) -> str:
        """An expression inside a template: a literal as text, a choice as %{if}, all else in ${}."""
        if node.data == "conditional":
            condition, yes, no = [child for child in _trees(node) if child.data != "new_line_or_comment"]
            otherwise = self._inside(no)
            other = f"%{{else}}{otherwise}" if otherwise else ""
            return f"%{{if {_source(condition, self._text)}}}{self._inside(yes)}{other}%{{endif}}"
        inner = _literal(node)
        if inner is not None and inner.data == "string":
            return self._template([part for part in _trees(inner) if part.data == "string_part"])
        if inner is not None and inner.data in ("int_lit", "float_lit", "literal_value"):
            return _source(inner, self._text)
        return self._wrapped(node)

    def _heredoc(self, node: Node) -> str:
        found = _HEREDOC.match(str(node.children[0]))
        body = (found["body"] or "") if found else ""
        if _REWRITTEN.search(body):
            self.doubts.append("a heredoc chooses, repeats or strips inside its template, which is not read")
        if found and found["trim"]:
            lines = body.splitlines(keepends=True)
            indent = min((len(line) - len(line.lstrip(" \t")) for line in lines if line.strip()), default=0)
            return "".join(line[indent:] if line.strip() else line.lstrip(" \t") for line in lines)
        return body

    def _wrapped(self, node: Node) -> str:
        return f"${{{_source(node, self._text)}}}"

    def _error(self, node: Node, what: str) -> InputError:
        return InputError(f"{printable(self._path)}:{node.meta.line}: {what}", hint="terraform validate says the same")


def _literal(node: Node) -> Node | None:
    """What a term consists of, unless it stands in parentheses; None for operations."""
    if node.data != "expr_term" or len(node.children) != 1:
        return None
    return _trees(node)[0]


def _interpolated(part: Node) -> Node | None:
    """The expression of a part "${…}"."""
    for child in _trees(part):
        if child.data == "interpolation":
            return next(inner for inner in _trees(child))
    return None


def _number(digits: str) -> int | float:
    return nearest(digits) if digits.isdecimal() else float(digits)


def _unescaped(found: re.Match[str]) -> str:
    """Raises ValueError for a code that is no character."""
    if code := found[1] or found[2]:
        if int(code, 16) > 0x10FFFF or 0xD800 <= int(code, 16) < 0xE000:
            raise ValueError(f"{found[0]} is no character")
        return chr(int(code, 16))
    return _ESCAPED.get(found[3], found[3])


def _trees(node: Node) -> list[Node]:
    from lark import Tree

    return [child for child in node.children if isinstance(child, Tree)]


def _child(node: Node, name: str) -> Node:
    return next(child for child in _trees(node) if child.data == name)


def _word(node: Node) -> str:
    """The name or label, without its quotes."""
    return "".join(map(str, node.scan_values(lambda _: True))).strip('"')


def _source(node: Node, text: str) -> str:
    """What is written there, without the line breaks and comments behind it."""
    tokens = [token for token in _tokens(node) if token.start_pos is not None]
    while tokens and tokens[-1].type == "NL_OR_COMMENT":
        tokens.pop()
    return text[tokens[0].start_pos : tokens[-1].end_pos] if tokens else ""


def _tokens(node: Node) -> Iterator[Token]:
    from lark import Token

    yield from (token for token in node.scan_values(lambda value: isinstance(value, Token)))
