"""Shell scripts taken apart: commands, words without their quotes, and the variables that a script gives itself.

A variable may have several values, because which branch of a script runs is not known. What cannot be told (an output
of another command, a variable from elsewhere) stays in the word as written, and the word says so. Source: POSIX.1-2024,
Shell Command Language, sections 2.2 to 2.6; arrays as in Bash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_NAME = re.compile(r"[A-Za-z_]\w*|[0-9@*#?$!-]")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)(\+?=)")
_PARAMETER = re.compile(r"([A-Za-z_]\w*)(?:\[[@*]\])?(?::?([-=+?])(.*))?", re.DOTALL)
_DECLARES = frozenset({"export", "local", "declare", "readonly", "typeset", "env"})
_REDIRECTION = re.compile(r"\d*(?:<<<|<<-?|<>|>>|>\||[<>])&?")
_PLAIN = re.compile(r"(?:(?!\{\{)[^\s'\"`$\\;|&()<>])+")
_IN_QUOTES = re.compile(r"(?:(?!\{\{)[^\"`$\\])+")
_SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh"})
_RUNS = re.compile(r"-[A-Za-z]*c")
_LEADS = frozenset({"if", "then", "else", "elif", "while", "until", "do", "!", "{"})
_BLANK = " \t\r"
_BRACES = re.compile(r"\{[^{}]*(?:,|\.\.)[^{}]*\}")
_NUMBERS = "#?$!-"
_DEEPEST = 20
_MOST_VALUES = 8

Values = Mapping[str, tuple[str | None, ...]]
"""What each variable may be; None stands for a value that nobody knows, and so does a name that is not there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word: `first` where a command begins, `unresolved` where a part of it is not known.

    `several` where that part may be more than one word; `variable` names the one variable that the word is made of, and
    `choice` says that it has other values too.
    """

    text: str
    first: bool
    unresolved: bool = False
    several: bool = False
    variable: str = ""
    choice: bool = False


@dataclass(slots=True)
class _Part:
    text: str
    quoted: bool
    options: tuple[str | None, ...] | None = None
    variable: str = ""


@dataclass(slots=True)
class _Scan:
    text: str
    known: dict[str, tuple[str | None, ...]]
    depth: int
    at: int = 0
    first: bool = True
    assigning: bool = True
    dropping: bool = False
    shell: bool = False
    nested: bool = False
    parts: list[_Part] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def pieces(script: str, known: Values, depth: int = 0) -> list[Piece]:
    """The words of a script, in the order in which they stand; assignments are remembered, not given."""
    scan = _Scan(script, dict(known), depth)
    while scan.at < len(scan.text):
        _step(scan)
    _end_word(scan)
    return scan.pieces


def _step(scan: _Scan) -> None:
    text, at = scan.text, scan.at
    sign = text[at]
    if sign in _BLANK:
        _end_word(scan)
        scan.at += 1
    elif sign == "#" and not scan.parts:
        end = text.find("\n", at)
        scan.at = len(text) if end < 0 else end
    elif not scan.parts and (found := _REDIRECTION.match(text, at)):
        scan.dropping = True
        scan.at = found.end()
    elif sign in "<>":
        _end_word(scan)
    elif sign in "\n;|&()":
        _end_word(scan)
        if sign == "(" and _array(scan):
            return
        scan.first = scan.assigning = True
        scan.dropping = scan.shell = scan.nested = False
        scan.at += 1
    else:
        _word_part(scan, sign)


def _word_part(scan: _Scan, sign: str) -> None:
    text, at = scan.text, scan.at
    if sign == "\\":
        if text[at + 1 : at + 2] not in {"", "\n"} and text[at + 1 : at + 3] != "\r\n":
            scan.parts.append(_Part(text[at + 1], quoted=True))
        scan.at += 3 if text[at + 1 : at + 3] == "\r\n" else 2
    elif sign == "'" and (end := text.find("'", at + 1)) > 0:
        scan.parts.append(_Part(text[at + 1 : end], quoted=True))
        scan.at = end + 1
    elif sign == '"' and (end := _closing(text, at + 1)) > 0:
        scan.parts.append(_Part("", quoted=True))
        scan.parts.extend(_double_quoted(text[at + 1 : end], scan))
        scan.at = end + 1
    elif sign in "$`" or text.startswith("{{", at):
        part, scan.at = _expansion(text, at, scan, quoted=False)
        scan.parts.append(part)
    else:
        plain = found[0] if (found := _PLAIN.match(text, at)) else sign
        scan.parts.append(_Part(plain, quoted=False))
        scan.at += len(plain)


def _closing(text: str, at: int) -> int:
    """Where a double-quoted text ends; -1 where it never does, and the quote is one that means nothing."""
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(("$(", "${"), at):
            at = _balanced(text, at + 1)
        elif text[at] == '"':
            return at
        else:
            at += 1
    return -1


def _balanced(text: str, at: int) -> int:
    """The place behind the bracket that closes the one at `at`; the end of the text where none does."""
    opening, closing, depth = text[at], ")" if text[at] == "(" else "}", 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == "'" and (end := text.find("'", at + 1)) > 0:
            at = end
        elif text[at] == opening:
            depth += 1
        elif text[at] == closing:
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return len(text)


def _double_quoted(text: str, scan: _Scan) -> Iterator[_Part]:
    at = 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in {"\\", '"', "$", "`", "\n"}:
            if text[at + 1] != "\n":
                yield _Part(text[at + 1], quoted=True)
            at += 2
        elif text[at] in "$`" or text.startswith("{{", at):
            part, at = _expansion(text, at, scan, quoted=True)
            yield part
        else:
            plain = found[0] if (found := _IN_QUOTES.match(text, at)) else text[at]
            yield _Part(plain, quoted=True)
            at += len(plain)


def _expansion(text: str, at: int, scan: _Scan, *, quoted: bool) -> tuple[_Part, int]:
    """What stands at a dollar sign, a backquote or the braces of a template, and where it ends."""
    if text[at] == "`":
        end = text.find("`", at + 1)
        end = len(text) if end < 0 else end + 1
        return _Part(text[at:end], quoted, (None,)), end
    if text[at] == "{":
        end = text.find("}}", at)
        end = len(text) if end < 0 else end + 2
        return _Part(text[at:end], quoted, (None,)), end
    following = text[at + 1 : at + 2]
    if text.startswith("$((", at):
        return _Part("0", quoted), _balanced(text, at + 1)
    if following == "(":
        end = _balanced(text, at + 1)
        return _Part(text[at:end], quoted, (None,)), end
    if following == "{":
        end = _balanced(text, at + 1)
        return _parameter(text[at:end], text[at + 2 : end - 1], scan, quoted=quoted), end
    if following == "'" and not quoted and (end := text.find("'", at + 2)) > 0:
        inside = text[at + 2 : end]
        return _Part(inside, True, (None,) if "\\" in inside else None), end + 1
    found = _NAME.match(text, at + 1)
    if found is None:
        return _Part("$", quoted), at + 1
    return _parameter(text[at : found.end()], found[0], scan, quoted=quoted), found.end()


def _parameter(written: str, inside: str, scan: _Scan, *, quoted: bool) -> _Part:
    if inside[:1] == "#" or (inside and inside in _NUMBERS):
        return _Part("0", quoted)
    if inside[:1].isdigit() or inside[:1] in {"@", "*"}:
        return _Part(written, quoted, ())
    found = _PARAMETER.fullmatch(inside)
    if found is None or scan.depth > _DEEPEST:
        return _Part(written, quoted, (None,))
    values = scan.known.get(found[1], (None,))
    if found[2] in {"-", "=", "+"}:
        other = _plain(found[3], scan)
        if found[2] == "+":
            values = ("", other)
        elif "" in values:
            values = (*(value for value in values if value), other)
    array = "[@]" in inside
    return _Part(written, quoted and not array, values, found[1])


def _plain(text: str, scan: _Scan) -> str | None:
    words = pieces(text, scan.known, scan.depth + 1)
    return None if any(word.unresolved for word in words) else " ".join(word.text for word in words)


def _array(scan: _Scan) -> bool:
    """Reads "NAME=(…)", whose name the word before gave; False where the bracket opens something else."""
    found = re.search(r"([A-Za-z_]\w*)\+?=\Z", scan.text[max(0, scan.at - 80) : scan.at])
    if found is None:
        return False
    end = _balanced(scan.text, scan.at)
    value = _plain(scan.text[scan.at + 1 : end - 1], scan)
    scan.known[found[1]] = (*scan.known.get(found[1], ()), value)
    scan.at = end
    return True


def _end_word(scan: _Scan) -> None:
    parts, scan.parts = scan.parts, []
    if not parts:
        return
    if scan.dropping:
        scan.dropping = False
        return
    if scan.assigning and _assigned(scan, parts):
        return
    for piece in _words(parts, first=scan.first):
        if scan.nested and scan.depth < _DEEPEST:
            scan.pieces.extend(pieces(piece.text, scan.known, scan.depth + 1))
        else:
            scan.pieces.append(piece)
        scan.shell = scan.shell or piece.text.rpartition("/")[2] in _SHELLS
        scan.nested = piece.text == "eval" or (scan.nested and not scan.shell)
        scan.nested = scan.nested or (scan.shell and _RUNS.fullmatch(piece.text) is not None)
        leads = piece.text in _DECLARES or piece.text in _LEADS or (piece.text[:1] == "-" and not scan.first)
        scan.assigning = scan.assigning and leads
        scan.first = False


def _assigned(scan: _Scan, parts: list[_Part]) -> bool:
    head = parts[0]
    found = None if head.quoted or head.options is not None else _ASSIGNMENT.match(head.text)
    if found is None:
        return False
    name, appends = found[1], found[2] == "+="
    before = scan.known.get(name, ())
    value = [_Part(head.text[found.end() :], quoted=False), *parts[1:]]
    if appends:
        value.insert(0, _Part("", quoted=True, options=before, variable=name))
    texts: list[str | None] = [""]
    for part in value:
        options = (part.text,) if part.options is None else part.options or ("",)
        if part.variable == name and None not in options:
            options = (" ".join(option for option in options if option),)
        texts = _few([_joined(text, option) for text in texts for option in options])
    itself = any(part.variable == name for part in value)
    scan.known[name] = tuple(texts if itself else _few([*before, *texts]))
    return True


def _few(values: list[str | None]) -> list[str | None]:
    """The values, each once; nobody knows which where there are too many."""
    once = list(dict.fromkeys(values))
    return once if len(once) <= _MOST_VALUES else [None]


def _joined(one: str | None, other: str | None) -> str | None:
    return None if one is None or other is None else one + other


def _words(parts: list[_Part], *, first: bool) -> Iterator[Piece]:
    """The words that one written word becomes: blanks in an unquoted value part it."""
    texts, unresolved, several, choices = [""], False, False, False
    written = [part for part in parts if part.text]
    whole = written[0].variable if len(written) == 1 else ""
    for part in parts:
        if part.options is None:
            texts[-1] += part.text
            if not part.quoted and _BRACES.search(part.text):
                unresolved = several = True
            continue
        if not part.options:
            continue
        values = {value for value in part.options if value is not None}
        many = any(len(value.split()) > 1 or value.lstrip()[:1] == "-" for value in values)
        choice = len(values) > 1 and (part.quoted or not many or not whole)
        if None in part.options or choice:
            unresolved, several = True, several or (not part.quoted and (None in part.options or many))
            texts[-1] += part.text
            continue
        choices = choices or len(values) > 1
        if part.quoted:
            texts[-1] += "".join(values)
            continue
        for index, text in enumerate(word for value in part.options for word in (value or "").split()):
            if index:
                texts.append("")
            texts[-1] += text
    kept = any(part.quoted for part in parts) and all(part.options != () for part in parts)
    for text in texts:
        if text or kept:
            yield Piece(text, first, unresolved, several, whole, choices)
            first = False
