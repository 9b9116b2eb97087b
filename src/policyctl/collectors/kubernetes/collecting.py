"""From contents to subjects: the objects of every file, related to each other, and what in a file is no object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policyctl.collectors.kubernetes import objects
from policyctl.collectors.kubernetes.facts import Read, finish, known, read_object
from policyctl.collectors.kubernetes.labels import system_id
from policyctl.collectors.kubernetes.locate import locator
from policyctl.collectors.kubernetes.objects import Item, Problem
from policyctl.collectors.kubernetes.relations import Run
from policyctl.model.content import Content
from policyctl.model.document import Collected, Gap, Input, Kind, Source
from policyctl.model.errors import InputError

KIND: Kind = "kubernetes_object"


@dataclass(slots=True)
class _File:
    content: Content
    objects: list[tuple[Item, Read]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def collect(contents: Sequence[Content]) -> Iterator[Input]:
    """See `KubernetesCollector.collect`."""
    run = Run()
    files = [_read(content, run) for content in contents]
    for file in files:
        yield from _inputs(file, run)


def collect_beside(content: Content, run: Run) -> Iterator[Input]:
    """The objects of one content, related to those of a run that they are not part of."""
    yield from _inputs(_read(content, Run()), run)


def _read(content: Content, run: Run) -> _File:
    file = _File(content)
    for item in objects.items(content):
        if isinstance(item, Problem):
            file.problems.append(item)
            continue
        try:
            read = read_object(item)
        except InputError as error:
            file.problems.append(Problem(f"{item.kind} in document {item.document + 1}: {error.message}", error.hint))
            continue
        run.add(item.group, item.kind, known(item, read.facts))
        file.objects.append((item, read))
    if not file.objects and not file.problems:
        file.problems.append(Problem("there is no Kubernetes object in it", "give each document apiVersion and kind"))
    return file


def _inputs(file: _File, run: Run) -> Iterator[Input]:
    path = file.content.path
    if file.objects:
        subjects = tuple(_collected(item, read, run) for item, read in file.objects)
        yield Input(path=path, status="decided", kind=KIND, subjects=subjects)
    for problem in file.problems:
        yield Input(
            path=path,
            status="skipped" if problem.skipped else "error",
            kind=KIND,
            message=problem.message,
            hint=problem.hint,
        )


def _collected(item: Item, read: Read, run: Run) -> Collected:
    finish(read, run)
    facts = read.facts
    return Collected(
        kind=KIND,
        subject={"id": facts["id"], "path": item.content.path},
        facts=facts,
        sources=(Source(path=item.content.path, sha256=item.content.sha256),),
        gaps=(*read.fields.gaps, *_doubts(item)),
        masked=read.masked.paths(),
        locate=locator(item, facts),
        system_id=system_id(facts["labels"], facts["annotations"]),
        notes=("the server will complete its name",) if facts["generated_name"] else (),
    )


def _doubts(item: Item) -> Iterator[Gap]:
    """Where YAML readers disagree, so that nobody knows what the cluster will be told: all facts of the object are hidden."""
    for document, path, reason in item.content.doubts:
        if document == item.document and path[: len(item.prefix)] == item.prefix:
            line = item.content.line_of(document, path)
            yield {"code": "ambiguous_yaml", "reason": f"line {line}: {reason}", "paths": [["facts"]]}
