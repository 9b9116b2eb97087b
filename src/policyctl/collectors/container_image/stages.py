"""The stages of a Dockerfile: what each stands on, sets, runs and copies from elsewhere.

A stage that stands on an earlier one inherits what that set. Source: the Dockerfile reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policyctl.collectors.container_image.instructions import Dockerfile, Instruction
from policyctl.collectors.container_image.variables import filled, is_open, unquoted
from policyctl.collectors.kubernetes.images import parse_image
from policyctl.model.facts.container_image import ImageSource
from policyctl.model.facts.kubernetes import Image

_ASSIGNED = re.compile(
    r"((?:\\.|\"(?:\\.|[^\"])*\"|'[^']*'|[^\s=\"'\\])+)=((?:\\.|\"(?:\\.|[^\"])*\"|'[^']*'|[^\s\"'\\])*)"
)
_NAME = re.compile(r"[A-Za-z_]\w*")
_FROM = re.compile(r"(\S+)(?:\s+as\s+(\S+))?", re.IGNORECASE)
_SHELL = ("/bin/sh", "-c")


@dataclass(frozen=True, slots=True)
class Given:
    """A variable or label: its value, None where nobody here knows it, and the instruction that sets it."""

    value: str | None
    at: Instruction


@dataclass(frozen=True, slots=True)
class Taken:
    """An image that something is taken from: how it is written, what it is, and where."""

    written: str
    source: ImageSource
    at: Instruction
    image: Image | None = None
    stage: int | None = None


@dataclass(slots=True)
class Stage:
    """One stage. `variables` holds ENV and ARG together, `environment` the names that ENV set.

    `commands` are ENTRYPOINT and CMD as they run, each with the words that it gives; `own` where they stand here.
    """

    index: int
    name: str
    taken: Taken
    variables: dict[str, Given] = field(default_factory=dict)
    environment: set[str] = field(default_factory=set)
    labels: dict[str, Given] = field(default_factory=dict)
    user: Given | None = None
    entrypoint: tuple[Instruction, tuple[str, ...]] | None = None
    command: tuple[Instruction, tuple[str, ...]] | None = None
    own_command: bool = False
    shell: tuple[str, ...] = _SHELL
    runs: list[tuple[Instruction, dict[str, str | None]]] = field(default_factory=list)
    adds: list[tuple[Instruction, dict[str, str | None]]] = field(default_factory=list)
    copied: list[Taken] = field(default_factory=list)

    @property
    def called(self) -> str:
        """Its name, or its number."""
        return self.name or str(self.index)

    def known(self) -> dict[str, str | None]:
        """Its variables as far as they are known."""
        return {name: given.value for name, given in self.variables.items()}


@dataclass(frozen=True, slots=True)
class Stages:
    """All stages, the instructions that are left to builds of others, and what was not understood, with its line.

    `assigned` is every value that ARG, ENV or LABEL gives to a name, those among them that a later one replaces.
    """

    stages: tuple[Stage, ...]
    assigned: tuple[tuple[str, Given], ...]
    triggers: tuple[Instruction, ...]
    problems: tuple[tuple[int, str], ...]


def read_stages(file: Dockerfile) -> Stages:
    """The stages of a file. Never raises."""
    reader = _Reader(file.escape)
    for instruction in file.instructions:
        reader.read(instruction)
    return Stages(tuple(reader.stages), tuple(reader.assigned), tuple(reader.triggers), tuple(reader.problems))


class _Reader:
    def __init__(self, escape: str) -> None:
        self._escape = escape
        self._before: dict[str, Given] = {}
        self.stages: list[Stage] = []
        self.assigned: list[tuple[str, Given]] = []
        self.triggers: list[Instruction] = []
        self.problems: list[tuple[int, str]] = []

    def read(self, at: Instruction) -> None:
        if at.name == "FROM":
            self._from(at)
        elif at.name == "ARG":
            self._arguments(at)
        elif not self.stages:
            self.problems.append((at.line, f"{at.name} stands before the first FROM"))
        elif at.name == "ONBUILD":
            self.triggers.append(at)
        else:
            self._in_stage(self.stages[-1], at)

    def _from(self, at: Instruction) -> None:
        found = _FROM.fullmatch(at.text)
        if found is None:
            self.problems.append((at.line, f"FROM is not understood: {at.text[:80]!r}"))
        known = {name: given.value for name, given in self._before.items()}
        written = unquoted(found[1] if found else at.text, known, self._escape)
        taken = self._taken(written, at)
        stage = Stage(len(self.stages), (found[2] or "").lower() if found else "", taken)
        if taken.stage is not None:
            _inherit(stage, self.stages[taken.stage])
        self.stages.append(stage)

    def _taken(self, written: str, at: Instruction, *, numbered: bool = False) -> Taken:
        for stage in self.stages:
            if written.lower() == stage.name or (numbered and written == str(stage.index)):
                return Taken(written, "stage", at, stage=stage.index)
        if is_open(written) or not written:
            return Taken(written, "elsewhere", at)
        if written == "scratch":
            return Taken(written, "scratch", at)
        image = parse_image(written)
        return Taken(written, "file" if image else "missing", at, image)

    def _arguments(self, at: Instruction) -> None:
        stage = self.stages[-1] if self.stages else None
        known = stage.known() if stage else {name: given.value for name, given in self._before.items()}
        for word in _words(at.text):
            name, equals, value = word.partition("=")
            if not _NAME.fullmatch(name):
                self.problems.append((at.line, "ARG is not understood"))
                continue
            default = unquoted(value, known, self._escape) if equals else None
            self.assigned.append((name, Given(default, at)))
            if stage is None:
                self._before[name] = Given(default, at)
                known[name] = default
            elif name not in stage.environment:
                earlier = self._before.get(name)
                given = Given(earlier.value, at) if default is None and earlier else Given(default, at)
                stage.variables[name] = given
                known[name] = given.value

    def _in_stage(self, stage: Stage, at: Instruction) -> None:
        match at.name:
            case "ENV":
                given = self._given(at, stage)
                stage.variables.update(given)
                stage.environment.update(name for name, _ in given)
            case "LABEL":
                stage.labels.update(self._given(at, stage))
            case "USER":
                stage.user = Given(unquoted(at.text, stage.known(), self._escape), at)
            case "SHELL":
                stage.shell = tuple(at.words or _SHELL)
            case "ENTRYPOINT":
                stage.entrypoint = (at, self._command(stage, at))
                if not stage.own_command:
                    stage.command = None
            case "CMD":
                stage.command = (at, self._command(stage, at))
                stage.own_command = True
            case "RUN":
                stage.runs.append((at, stage.known()))
                stage.copied.extend(self._mounted(stage, at))
            case "COPY" | "ADD":
                stage.adds.append((at, stage.known()))
                stage.copied.extend(self._source(value, stage, at) for flag, value in at.flags if flag == "from")
            case _:
                pass

    def _command(self, stage: Stage, at: Instruction) -> tuple[str, ...]:
        words = at.words
        return tuple(words) if words is not None else (*stage.shell, at.text)

    def _mounted(self, stage: Stage, at: Instruction) -> Iterator[Taken]:
        for flag, value in at.flags:
            for part in value.split(",") if flag == "mount" else ():
                name, _, given = part.partition("=")
                if name == "from":
                    yield self._source(given, stage, at)

    def _source(self, written: str, stage: Stage, at: Instruction) -> Taken:
        return self._taken(filled(written, stage.known()), at, numbered=True)

    def _pairs(self, at: Instruction, stage: Stage) -> list[tuple[str, str]]:
        """The names and values of ENV and LABEL. All of one instruction see the variables as they were before it."""
        known = stage.known()
        first = at.text.split(None, 1)
        if len(first) == 2 and "=" not in first[0]:
            return [(first[0], filled(first[1], known))]
        if not first or _ASSIGNED.sub("", at.text).strip():
            self.problems.append((at.line, f"{at.name} is not understood"))
        return [
            (unquoted(one[1], known, self._escape), unquoted(one[2], known, self._escape))
            for one in _ASSIGNED.finditer(at.text)
        ]

    def _given(self, at: Instruction, stage: Stage) -> list[tuple[str, Given]]:
        given = [(name, Given(value, at)) for name, value in self._pairs(at, stage)]
        self.assigned.extend(given)
        return given


def _words(text: str) -> list[str]:
    return re.findall(r"(?:\\.|\"(?:\\.|[^\"])*\"|'[^']*'|[^\s\"'\\])+", text)


def _inherit(stage: Stage, parent: Stage) -> None:
    # Build arguments end with their stage; a variable of ENV stays.
    stage.variables.update({name: parent.variables[name] for name in parent.environment if name in parent.variables})
    stage.environment.update(parent.environment)
    stage.labels.update(parent.labels)
    stage.user, stage.entrypoint, stage.command = parent.user, parent.entrypoint, parent.command
    stage.shell = parent.shell
