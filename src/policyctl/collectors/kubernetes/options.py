"""Options on command lines: in `command` and `args`, in the shell scripts inside them, and in variables such as
VLLM_ADDITIONAL_ARGS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import Container

_SHELL_WORD = re.compile(r"(?:'[^']*'|\"(?:\\.|[^\"\\])*\"|\\.|[^\s'\";|&()\\])+|[;|&\n]")
_BLANK = re.compile(r"\s")
_LINE_END = re.compile(r"\\\r?\n")
_COMMENT = re.compile(r"(?m)(?:^|(?<=\s))#.*$")
_CARRIER = re.compile(r"(?i).*_(args|arguments|opts|options|flags|params|cmd|command)$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a command line and where it stands; `first` where a new command begins."""

    text: str
    path: Path
    first: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """An option with its value.

    `name` is lower case, without dashes in front, "-" for "_"; `value` is None for a mere switch.

    `path` is where the option stands, `at` where its value does.
    """

    name: str
    written: str
    value: str | None
    path: Path
    at: Path


def words(container: Container, arguments: Sequence[tuple[Path, str]]) -> list[Word]:
    """The words of a container's command line, scripts taken apart, then those of its argument-carrying variables."""
    found = list(_words(arguments))
    for variable in container["env"]:
        if _CARRIER.fullmatch(variable["name"]) and variable.get("value"):
            found.extend(_words([((*variable["path"], "value"), variable["value"])]))
    return found


def split(text: str, path: Path) -> list[Word]:
    """The words of a shell script, commands kept apart, quotes taken off."""
    text = _COMMENT.sub("", _LINE_END.sub(" ", text))
    found: list[Word] = []
    first = True
    for line in text.splitlines():
        for match in _SHELL_WORD.finditer(line):
            if match[0] in {";", "|", "&"}:
                first = True
            else:
                found.append(Word(_unquoted(match[0]), path, first))
                first = False
        first = True
    return found


def options(line: Iterable[Word]) -> Iterator[Option]:
    """The options among words: "--a=b", "--a b", "-a b" and switches."""
    waiting: Word | None = None
    for word in line:
        if waiting is not None:
            if not word.first and not _is_option(word.text):
                yield _option(waiting.text, word.text, waiting.path, word.path)
                waiting = None
                continue
            yield _option(waiting.text, None, waiting.path, waiting.path)
            waiting = None
        if _is_option(word.text):
            name, equals, value = word.text.partition("=")
            if equals:
                yield _option(name, value, word.path, word.path)
            else:
                waiting = word
    if waiting is not None:
        yield _option(waiting.text, None, waiting.path, waiting.path)


def _words(arguments: Sequence[tuple[Path, str]]) -> Iterator[Word]:
    first = True
    for path, text in arguments:
        if _BLANK.search(text.strip()) and not text.lstrip().startswith("{"):
            yield from split(text, path)
        else:
            yield Word(text.strip(), path, first)
        first = False


def _is_option(text: str) -> bool:
    return len(text) > 1 and text[0] == "-" and not text[1].isdigit()


def _option(written: str, value: str | None, path: Path, at: Path) -> Option:
    return Option(
        written.lstrip("-").replace("_", "-").lower(), written, None if value is None else _unquoted(value), path, at
    )


def _unquoted(text: str) -> str:
    return text.replace('"', "").replace("'", "") if text[:1] in "'\"" or text[-1:] in "'\"" else text
