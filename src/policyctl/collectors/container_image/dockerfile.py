"""The facts of one Dockerfile: its stages, what they start and fetch, and what is not known of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policyctl.collectors.container_image.downloads import FETCHERS, added, fetched
from policyctl.collectors.container_image.instructions import Dockerfile, Instruction, parse
from policyctl.collectors.container_image.masking import Variable, concealed, concealed_labels
from policyctl.collectors.container_image.programs import Reader, Script
from policyctl.collectors.container_image.stages import Stage, Stages, Taken, read_stages
from policyctl.collectors.container_image.subject import (
    BUILT,
    EVERYTHING,
    STARTED,
    Subject,
    env_var,
    new_container,
    nothing,
)
from policyctl.collectors.container_image.variables import is_open
from policyctl.collectors.kubernetes.vocabulary import names
from policyctl.model.content import Content
from policyctl.model.document import Path
from policyctl.model.facts.container_image import ImageContainer
from policyctl.model.facts.kubernetes import EnvVar
from policyctl.model.secrets import is_secret

_FRONTENDS = ("docker/dockerfile", "docker.io/docker/dockerfile", "docker/dockerfile-upstream")
_READ = names("ENV ARG LABEL RUN")
"""Instructions whose credentials are looked for one by one."""


def read_dockerfile(content: Content) -> tuple[Subject, Dockerfile]:
    """The facts of a Dockerfile, and its instructions, by whose index they name their places."""
    file = parse(content.text)
    stages = read_stages(file)
    subject = nothing(content.path, "dockerfile", content.path)
    reader = Reader(subject.fields, lambda path: _called(file, path))
    _doubts(file, stages, subject)
    for stage in stages.stages:
        _stage(stages, stage, subject, reader)
    _other_secrets(file, stages, subject)
    if not stages.stages:
        subject.fields.gap("there is no FROM", EVERYTHING)
    subject.finish(reader)
    return subject, file


def _called(file: Dockerfile, path: Path) -> str:
    at = file.instructions[int(path[1])] if len(path) > 1 else None
    return f"{at.name} in line {at.line + (int(path[2]) if len(path) > 2 else 0)}" if at else "the Dockerfile"


def _doubts(file: Dockerfile, stages: Stages, subject: Subject) -> None:
    frontend = file.directives.get("syntax", _FRONTENDS[0])
    if frontend.partition("@")[0].partition(":")[0] not in _FRONTENDS:
        subject.fields.gap(f"another frontend reads this file: {frontend[:120]!r}", EVERYTHING, "unresolved")
    for line, what in (*file.problems, *stages.problems):
        subject.fields.gap(f"line {line}: {what}", EVERYTHING)
    for trigger in stages.triggers:
        subject.fields.gap(
            f"line {trigger.line}: ONBUILD runs in builds of others, and is not looked at here",
            BUILT,
            "unresolved",
            place(trigger),
        )


def _other_secrets(file: Dockerfile, stages: Stages, subject: Subject) -> None:
    """The credentials in values that later ones replace, which the image's history keeps, and in all other instructions."""
    for name, given in stages.assigned:
        if given.value is not None and is_secret(name, given.value):
            at = place(given.at, name)
            subject.secret(*((at, "field") if given.at.name == "LABEL" else ((*at, "value"), "env")), name)
    started = {at for stage in stages.stages for at, _ in filter(None, (stage.entrypoint, stage.command))}
    for instruction in file.instructions:
        if instruction.name in _READ or instruction in started:
            continue
        for text in (instruction.text, *(value for _, value in instruction.flags), *_bodies(instruction)):
            if is_secret("", text):
                subject.secret(place(instruction), "field", instruction.name)


def _bodies(at: Instruction) -> list[str]:
    return [document.text for document in at.documents]


def place(at: Instruction, text: str = "") -> Path:
    """The path of an instruction, with the offset of the line on which a text stands in it."""
    offset = next((index for index, line in enumerate(at.lines) if text and text in line), 0)
    return ("instructions", at.index, offset) if offset else ("instructions", at.index)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one stage is told, with its places: variables, the words of its command, the scripts that build it."""

    variables: list[Variable]
    arguments: list[tuple[Path, str]]
    scripts: list[tuple[Instruction, str, dict[str, str | None]]]

    def secret_at(self, told: str, index: int, name: str) -> Path:
        """Where a credential stood."""
        if told == "env":
            return (*self.variables[index][2], "value")
        return self.arguments[index][0] if told == "command" else place(self.scripts[index][0], name)


def _stage(stages: Stages, stage: Stage, subject: Subject, reader: Reader) -> None:
    final = stage is stages.stages[-1]
    told = _Told(
        list(_variables(stage)),
        list(_arguments(stage)),
        [(at, text, known) for at, known in stage.runs for text in _texts(at)],
    )
    texts = concealed(told.variables, [text for _, text in told.arguments], [text for _, text, _ in told.scripts])
    env = [
        env_var(name, value, path, secret=("env", index) in texts.secrets)
        for index, ((name, _, path), value) in enumerate(zip(told.variables, texts.env, strict=True))
    ]
    container = new_container(
        f"stage {stage.called}", place(stage.taken.at), stage.called, "final" if final else "stage"
    )
    container["image_source"] = stage.taken.source
    container["arguments"], container["env"] = texts.arguments, env
    _base(stages, stage, container)
    if stage.user is not None and stage.user.value is not None:
        container["user_source"] = "elsewhere" if is_open(stage.user.value) else "file"
        container["user"] = stage.user.value
    index = subject.add(container)
    for (kind, at), name in texts.secrets.items():
        subject.told_secret(index, kind, at, name, told.secret_at(kind, at, name))
    _labels(stage, subject, final=final)
    placed = [(path, text) for (path, _), text in zip(told.arguments, texts.arguments, strict=True)]
    scripts = [(at, text, known) for (at, _, known), text in zip(told.scripts, texts.scripts, strict=True)]
    reader.container(
        container, index, placed, [Script(text, place(at), _seen(known, env, at)) for at, text, known in scripts]
    )
    for run, text, _ in scripts:
        subject.downloads.extend(
            {**one, "path": list(_fetch_place(run, one["url"]))} for one in fetched(text, place(run))
        )
    for add, known in stage.adds:
        subject.downloads.extend(added(add, known, place(add)))
    for taken in stage.copied:
        if taken.source != "stage":
            subject.add(_copied(stage, taken))
    if final and container["base_source"] in {"elsewhere", "missing"}:
        reason = f"line {stage.taken.at.line}: what the image stands on is not known: {stage.taken.written[:80]!r}"
        subject.fields.gap(reason, STARTED, "unresolved", place(stage.taken.at))


def _fetch_place(at: Instruction, url: str) -> Path:
    """The line of a RUN on which a URL is fetched, else the one on which it stands."""
    text = url[:60]
    line = next((line for line in at.lines if text in line and FETCHERS.search(line)), text)
    return place(at, line)


def _labels(stage: Stage, subject: Subject, *, final: bool) -> None:
    labels, secret = concealed_labels({name: given.value or "" for name, given in stage.labels.items()})
    for name in secret:
        subject.secret(place(stage.labels[name].at, name), "field", name)
    if final:
        subject.labels.update(labels)


def _base(stages: Stages, stage: Stage, container: ImageContainer) -> None:
    if stage.taken.image:
        container["image"] = stage.taken.image
    root = stage.taken
    while root.stage is not None:
        root = stages.stages[root.stage].taken
    container["base_source"] = root.source
    if root.image:
        container["base"] = root.image


def _copied(stage: Stage, taken: Taken) -> ImageContainer:
    name = f"image {taken.written} of stage {stage.called}"
    container = new_container(name, place(taken.at, taken.written), taken.written, "copied")
    container["image_source"] = container["base_source"] = taken.source
    if taken.image:
        container["image"] = container["base"] = taken.image
    return container


def _variables(stage: Stage) -> Iterator[Variable]:
    for name, given in stage.variables.items():
        yield name, given.value, place(given.at, name)


def _arguments(stage: Stage) -> Iterator[tuple[Path, str]]:
    for command in (stage.entrypoint, stage.command):
        if command is not None:
            at, words = command
            yield from ((place(at, word), word) for word in words)


def _texts(at: Instruction) -> list[str]:
    """The scripts of a RUN: its line, or the here-documents that stand in for it or that a program reads."""
    documents = _bodies(at)
    if at.words is not None:
        return [" ".join(at.words), *documents]
    return documents if at.text.startswith("<<") else [at.text, *documents]


def _seen(known: Mapping[str, str | None], env: list[EnvVar], at: Instruction) -> list[EnvVar]:
    """The variables that a RUN sees: those that the stage has set so far, credentials emptied."""
    final = {variable["name"]: variable for variable in env}
    return [
        {**final[name], "value": value}
        if value and not final[name]["secret_like"]
        else env_var(name, value, place(at), secret=False)
        for name, value in known.items()
        if name in final
    ]
