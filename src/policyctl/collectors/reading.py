"""Reads one file or stream within limits, and makes values of it. What it is, its content says; the name only helps.

Raises nothing but InputError.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO, Final

from policyctl.collectors.decoding import decode
from policyctl.collectors.json_comments import may_have_comments, without_comments
from policyctl.collectors.json_lines import JsonLines
from policyctl.collectors.json_values import parse_json
from policyctl.collectors.limits import Limits, in_mebibytes
from policyctl.model.content import Content, Syntax
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

STDIN: Final = "-"
JSON_SUFFIXES: Final = frozenset({".json"})
JSON_LINES_SUFFIXES: Final = frozenset({".jsonl", ".ndjson"})
YAML_SUFFIXES: Final = frozenset({".yaml", ".yml"})
MARKDOWN_SUFFIXES: Final = frozenset({".md", ".markdown"})

_LOOKS_JSON: Final = re.compile(r'\s*(\{\s*["}]|\[\s*(["{\[\]0-9-]|true|false|null))')
_LOOKS_YAML: Final = re.compile(r"(\s*#.*\n|\s*\n)*(---(\s|$)|%YAML|- |[\w./\"'-]+:(\s|$))")
_LOOKS_LIKE_OBJECTS: Final = re.compile(r"^(apiVersion|kind):\s", re.MULTILINE)
FRONT_MATTER: Final = re.compile(r"---[ \t]*\r?\n(?P<metadata>.*?)^---[ \t]*(\r?\n|\Z)", re.MULTILINE | re.DOTALL)
_HEADING: Final = re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE)


def read(
    path: str,
    *,
    file: str | os.PathLike[str] | None = None,
    stdin: BinaryIO | None = None,
) -> Content:
    """The content of the file that the user calls `path` ("-": standard input), to be opened at `file` where that
    differs.

    Raises InputError when it cannot be read, is too large, is not text, or is not the JSON or YAML that it looks like.
    """
    text, digest, size = read_text(path, file=file, stdin=stdin)
    content = parse(text, path, digest, size)
    return content if file is None else replace(content, file=os.fspath(file))


def read_text(
    path: str, *, file: str | os.PathLike[str] | None = None, stdin: BinaryIO | None = None
) -> tuple[str, str, int]:
    """The text of a file, as `read` takes it in, the SHA-256 of its bytes and their number. Raises InputError."""
    content = _bytes_of(path, path if file is None else file, stdin)
    return decode(content, path), hashlib.sha256(content).hexdigest(), len(content)


def parse(text: str, path: str, sha256: str, size: int) -> Content:
    """The content of a text that has been read already: `size` in bytes, `sha256` of those bytes."""
    suffix = PurePath(path).suffix.lower()
    if suffix in JSON_SUFFIXES:
        return _json(text, path, sha256)
    if suffix in JSON_LINES_SUFFIXES:
        return Content(path, sha256, "json", text, tuple(_json_lines(text, path)))
    if suffix in YAML_SUFFIXES:
        return _yaml(text, path, sha256, size)
    if suffix in MARKDOWN_SUFFIXES:
        return _markdown(text, path, sha256, size)
    if _LOOKS_JSON.match(text):
        return _json(text, path, sha256)
    if _LOOKS_YAML.match(text):
        return _yaml_or_text(text, path, sha256, size)
    return _text(text, path, sha256, size)


def _json(text: str, path: str, sha256: str) -> Content:
    try:
        return Content(path, sha256, "json", text, (parse_json(text, path),), JsonLines(text))
    except InputError:
        if not may_have_comments(path):
            raise
    plain = without_comments(text)
    return Content(path, sha256, "json", text, (parse_json(plain, path),), JsonLines(plain))


def _json_lines(text: str, path: str) -> Iterator[object]:
    """The value of each line that is not empty."""
    for index, line in enumerate(text.split("\n")):
        if line.strip():
            try:
                yield parse_json(line, path)
            except InputError:
                parse_json("\n" * index + line, path)  # raises again, with the line's own number
                raise


def _json_if_it_is(text: str, path: str, sha256: str) -> Content | None:
    """As kubectl does it: JSON first. What is none may still be YAML in braces, whose own error then says what is
    wrong.
    """
    if not _LOOKS_JSON.match(text):
        return None
    try:
        return _json(text, path, sha256)
    except InputError:
        return None


def _yaml(text: str, path: str, sha256: str, size: int) -> Content:
    if json := _json_if_it_is(text, path, sha256):
        return json
    within(size, Limits.YAML_BYTES, path)
    # Who judges a plan does without: 20 ms.
    from policyctl.collectors.yaml_lines import YamlLines
    from policyctl.collectors.yaml_values import parse_yaml

    parsed = parse_yaml(text, path)
    return Content(path, sha256, "yaml", text, parsed.values, YamlLines(text), parsed.doubts)


def _yaml_or_text(text: str, path: str, sha256: str, size: int) -> Content:
    """For a name that says nothing: YAML, unless it is Markdown with front matter, or prose that merely has a colon."""
    front = FRONT_MATTER.match(text)
    try:
        content = _yaml(text, path, sha256, size)
    except InputError:
        if front or not _LOOKS_LIKE_OBJECTS.search(text):
            return _text(text, path, sha256, size)
        raise
    is_card = front is not None and bool(text[front.end() :].strip()) and not any(map(_is_mapping, content.values[1:]))
    return content if any(map(_is_mapping, content.values)) and not is_card else _text(text, path, sha256, size)


def _is_mapping(value: object) -> bool:
    return isinstance(value, (dict, list))


def _markdown(text: str, path: str, sha256: str, size: int) -> Content:
    return _json_if_it_is(text, path, sha256) or _text(text, path, sha256, size, "markdown")


def _text(text: str, path: str, sha256: str, size: int, syntax: Syntax | None = None) -> Content:
    within(size, Limits.TEXT_BYTES, path)
    is_markdown = _HEADING.search(text) or FRONT_MATTER.match(text)
    return Content(path, sha256, syntax or ("markdown" if is_markdown else "text"), text)


def within(size: int, limit: int, path: str) -> None:
    """Raises InputError for a file of more bytes than the limit."""
    if size > limit:
        raise InputError(
            f"{printable(path)}: larger than {in_mebibytes(limit)}",
            hint="split the file, or name a smaller one",
        )


def _bytes_of(path: str, file: str | os.PathLike[str], stdin: BinaryIO | None) -> bytes:
    if path == STDIN:
        return _limited(path, _standard_input() if stdin is None else stdin)
    try:
        # Without O_NONBLOCK, opening a named pipe that nobody writes to waits for ever.
        descriptor = os.open(
            file,
            os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0),
        )
        with open(descriptor, "rb") as stream:
            _refuse_devices(path, file, os.fstat(descriptor).st_mode)
            os.set_blocking(descriptor, True)
            return _limited(path, stream)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise InputError(
            f"{printable(path)}: cannot be read ({reason})",
            hint="look at the name and the permissions",
        ) from error


def _refuse_devices(path: str, file: str | os.PathLike[str], mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISFIFO(mode) and os.fspath(file).startswith(("/dev/fd/", "/proc/self/fd/")):
        return  # the shell's <(command)
    what = "a directory" if stat.S_ISDIR(mode) else "a pipe, a socket or a device"
    raise InputError(
        f"{printable(path)}: is {what}, not a file",
        hint='name a file, or "-" for standard input',
    )


def _standard_input() -> BinaryIO:
    import sys

    if sys.stdin is None or sys.stdin.isatty():
        raise InputError(
            "-: nothing is piped to standard input",
            hint="for example: helm template CHART | policyctl check -",
        )
    return sys.stdin.buffer


def _limited(path: str, stream: BinaryIO) -> bytes:
    content = stream.read(Limits.JSON_BYTES + 1)
    within(len(content), Limits.JSON_BYTES, path)
    return content
