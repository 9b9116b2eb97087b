"""Dockerfiles as Conftest has them: the list of their instructions, each with the words that BuildKit's parser makes of it."""

from __future__ import annotations

import re
from typing import Any

from policyctl.collectors.configuration.parsed import Parsed
from policyctl.collectors.container_image.instructions import KNOWN, Instruction, parse
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

_ONE_TEXT = ("RUN", "CMD", "ENTRYPOINT")
_AS_WRITTEN = ("WORKDIR", "USER", "STOPSIGNAL", "MAINTAINER")
_PAIRS = ("ENV", "LABEL")
_QUOTED_WORD = r"""(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'\\])+"""
_WORD = re.compile(_QUOTED_WORD)
_PAIR = re.compile(rf"\s*(?P<name>(?:\\.|\"[^\"]*\"|'[^']*'|[^\s=])+)=(?P<value>{_QUOTED_WORD})?(?=\s|$)")


def read_dockerfile(text: str, path: str) -> Parsed:
    """One configuration: the list of instructions and of the comments that stand before one."""
    file = parse(text)
    for line, what in file.problems:
        raise InputError(f"{printable(path)}:{line}: {what}", hint="correct the Dockerfile")
    lines = text.removeprefix("\ufeff").splitlines()
    commands: list[dict[str, Any]] = []
    stage, behind = 0, len(file.directives)
    started = False
    for at in file.instructions:
        if at.name == "FROM":
            stage, started = stage + started, True
        comments = _comments(lines[behind : at.line - 1])
        commands += [_command("comment", stage, [comment], flags=None) for comment in comments]
        commands.append(_instruction(at, stage, path))
        behind = at.line - 1 + len(at.lines)
    if not started:
        raise InputError(f"{printable(path)}: there is no FROM", hint="name a Dockerfile")
    return Parsed((commands,))


def _comments(lines: list[str]) -> list[str]:
    """The comments between two instructions: those behind the last "#" that says nothing, as BuildKit keeps them."""
    texts = [line.strip().removeprefix("#").strip() for line in lines if line.strip()]
    return texts[len(texts) - texts[::-1].index("") :] if "" in texts else texts


def _command(
    name: str, stage: int, value: list[str], *, flags: list[str] | None, json: bool = False, under: str = ""
) -> dict[str, Any]:
    return {"Cmd": name, "SubCmd": under, "JSON": json, "Flags": flags, "Value": value or None, "Stage": stage}


def _instruction(at: Instruction, stage: int, path: str) -> dict[str, Any]:
    flags = [f"--{name}={value}" if value else f"--{name}" for name, value in at.flags]
    name, text, under = at.name, at.text, ""
    if name == "ONBUILD":
        under, _, text = text.partition(" ")
        text = text.strip()
        if under.upper() not in KNOWN:
            raise InputError(
                f"{printable(path)}:{at.line}: ONBUILD without an instruction", hint="correct the Dockerfile"
            )
    words, json = _words(under.upper() or name, text, at)
    return _command(name.lower(), stage, words, flags=flags, json=json, under=under)


def _words(name: str, text: str, at: Instruction) -> tuple[list[str], bool]:
    """What follows the instruction, and whether it is written as JSON."""
    if name == "HEALTHCHECK":
        kind, _, rest = text.partition(" ")
        listed = _listed(rest.strip())
        words = listed if listed is not None else [rest.strip()] if rest.strip() else []
        return [kind.upper(), *words], listed is not None
    if name in _PAIRS:
        return _pairs(text), False
    if name == "ARG":
        return _WORD.findall(text), False
    if name in _AS_WRITTEN:
        return [text], False
    listed = _listed(text) if name not in ("FROM", "EXPOSE") else None
    if listed is not None:
        return listed, True
    if name in _ONE_TEXT:
        return [text], False
    return text.split(), False


def _listed(text: str) -> list[str] | None:
    return Instruction(0, "", text, (), 0, ()).words


def _pairs(text: str) -> list[str]:
    """Name, value and "=" of each pair; name, text and "" of the old form without "="."""
    found: list[str] = []
    at = 0
    while pair := _PAIR.match(text, at):
        found += [pair["name"], pair["value"] or "", "="]
        at = pair.end()
    if found and not text[at:].strip():
        return found
    name, _, rest = text.partition(" ")
    return [name, rest.strip(), ""]
