"""From contents to subjects: one for a Dockerfile, one for each service of a compose file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policyctl.collectors.container_image.compose import read_services
from policyctl.collectors.container_image.dockerfile import read_dockerfile
from policyctl.collectors.container_image.instructions import Dockerfile
from policyctl.collectors.container_image.recognition import has_services
from policyctl.collectors.container_image.subject import Subject
from policyctl.collectors.kubernetes.labels import system_id
from policyctl.model.content import Content
from policyctl.model.document import Collected, Gap, Input, Kind, Locate, Location, Path, Source
from policyctl.model.errors import InputError
from policyctl.model.facts.container_image import ContainerImageFacts

KIND: Kind = "container_image"


def collect(contents: Sequence[Content]) -> Iterator[Input]:
    """See `ContainerImageCollector.collect`."""
    for content in contents:
        try:
            yield from _compose(content) if content.values else _dockerfile(content)
        except InputError as error:
            yield Input(content.path, "error", KIND, message=error.message, hint=error.hint)


def _dockerfile(content: Content) -> Iterator[Input]:
    subject, file = read_dockerfile(content)
    yield Input(content.path, "decided", KIND, subjects=(_collected(content, subject, _in_dockerfile(content, file)),))


def _compose(content: Content) -> Iterator[Input]:
    found: list[Collected] = []
    others: list[str] = []
    for document, value in enumerate(content.values):
        if not has_services(value):
            continue
        for subject in read_services(content, document, value):
            found.append(_collected(content, subject, _in_compose(content, document), _doubts(content, document)))
        others.extend(_included(value))
    if not found:
        yield Input(
            content.path,
            "error",
            KIND,
            message="there is no service in it",
            hint="name a compose file, or a Dockerfile",
        )
        return
    yield Input(content.path, "decided", KIND, subjects=tuple(found))
    for other in others:
        yield Input(
            content.path, "skipped", KIND, message=f"includes {other}, which is judged where it is named itself"
        )


def _included(value: dict[str, object]) -> Iterator[str]:
    entries = value.get("include")
    for entry in entries if isinstance(entries, list) else []:
        paths = entry.get("path") if isinstance(entry, dict) else entry
        yield from (str(path)[:200] for path in (paths if isinstance(paths, list) else [paths]))


def _doubts(content: Content, document: int) -> list[Gap]:
    """Where YAML readers disagree, in a service or in what several of them take over: nobody knows what compose will read."""
    return [
        {"code": "ambiguous_yaml", "reason": f"line {content.line_of(where, path)}: {reason}", "paths": [["facts"]]}
        for where, path, reason in content.doubts
        if where == document
    ]


def _collected(content: Content, subject: Subject, locate_in: Locate, doubts: Iterable[Gap] = ()) -> Collected:
    facts = subject.made()
    return Collected(
        kind=KIND,
        subject={"id": facts["id"], "path": content.path},
        facts=facts,
        sources=(Source(path=content.path, sha256=content.sha256),),
        gaps=(*subject.fields.gaps, *doubts),
        masked=tuple(subject.masked),
        locate=_through_facts(facts, locate_in),
        system_id=system_id(facts["labels"], {}),
    )


def _through_facts(facts: ContainerImageFacts, locate_in: Locate) -> Locate:
    """Places by the path that a fact has; one that begins with a list of facts and an index leads to that of the fact."""

    def locate(resource: str, path: Path) -> Location | None:
        path = path[1:] if path[:1] == ("facts",) else path
        listed = facts.get(str(path[0])) if path else None
        if isinstance(listed, list) and len(path) > 1 and isinstance(path[1], int) and path[1] < len(listed):
            path = tuple(listed[path[1]]["path"])
        return locate_in(resource, path)

    return locate


def _in_dockerfile(content: Content, file: Dockerfile) -> Locate:
    def locate(_resource: str, path: Path) -> Location | None:
        steps = [step for step in path if isinstance(step, int)]
        if path[:1] != ("instructions",) or not steps or steps[0] >= len(file.instructions):
            return Location(content.path, file.instructions[0].line) if file.instructions else None
        at = file.instructions[steps[0]]
        offset = steps[1] if len(path) > 2 and path[2] == steps[-1] and len(steps) > 1 else 0
        return Location(content.path, at.line + min(offset, len(at.lines) - 1))

    return locate


def _in_compose(content: Content, document: int) -> Locate:
    def locate(_resource: str, path: Path) -> Location | None:
        line = content.line_of(document, path)
        return Location(content.path, line) if line else None

    return locate
