"""Release records, joined with what the sources that they name tell of the same versions of models."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from policyctl import plugins
from policyctl.collectors.discovery import Found
from policyctl.collectors.model_folder import read_folder
from policyctl.collectors.registries.cards import take_card
from policyctl.collectors.release import beside
from policyctl.model.content import Beside, RecordSource
from policyctl.model.document import Collected, Input
from policyctl.model.gathered import Gathered, Stamp
from policyctl.model.printable import printable
from policyctl.predecessors import add_predecessor
from policyctl.registries import split

FACTS: Final = (
    "artefact",
    "card",
    "code",
    "conflicts",
    "data_checks",
    "datasets",
    "evaluations",
    "repository",
    "requirements",
    "run",
    "signature",
    "status",
)
"""What a source that could not be read might have told."""


@dataclass(frozen=True, slots=True)
class Sources:
    """How what a record names is read: `ask` a registry for a name, `read` a file. `cwd` is what a record's path is relative to."""

    ask: Callable[[str], Iterable[Input]]
    read: Callable[[Found], Input]
    cwd: Path


def joined(
    found: Sequence[Input], asked: Sequence[Input], listed: Sequence[Collected], sources: Sources
) -> list[Input]:
    """What was found and what registries were asked for, each release record joined with its sources.

    `listed` are the records that the configuration names: one of them counts in place of another about the same version.
    """
    records = {record.subject["id"]: record for record in listed}
    told: dict[str, Input] = {}
    for entry in found:
        for one in _all_of(entry, records, listed, sources):
            told.setdefault(one.path, one)
    whole = [subject for entry in told.values() for subject in entry.subjects if not subject.partial]
    used = {source["path"] for subject in whole for source in subject.sources}
    kept = [entry for path, entry in told.items() if not (path in used and _is_partial(entry))]
    ids = {id for entry in kept for id in _ids(entry)}
    for entry in asked:
        # Two names may lead to one version: an alias and a number, or a release record.
        if not _ids(entry) & ids:
            about = next((records[id] for id in _ids(entry) if id in records), None)
            kept += _joined(about, sources) if about else [entry]
            ids |= _ids(entry)
    return kept


def _all_of(
    entry: Input, records: dict[str, Collected], listed: Sequence[Collected], sources: Sources
) -> Iterator[Input]:
    """An input; where it is a release record, all that comes of it, unless another one about that version counts."""
    record = next((subject for subject in entry.subjects if subject.more is not None), None)
    if record is None:
        yield entry
        return
    first = records.setdefault(record.subject["id"], record)
    if first.subject["path"] == record.subject["path"]:
        yield from _joined(record, sources)
    elif first in listed:
        yield Input(
            entry.path,
            "skipped",
            "model",
            "a claim without effect: the configuration lists another record of this version",
        )
        yield from _joined(first, sources)
    else:
        yield _second(entry, record.subject["id"], first.subject["path"])


def _ids(entry: Input) -> set[str]:
    return {subject.subject["id"] for subject in entry.subjects}


def _second(entry: Input, id: str, other: str) -> Input:
    """A record about a version of which another record counts: nobody is left to guess which one did."""
    message = f"{printable(entry.path)}: is about {id}, as {other} is, which counts"
    return Input(entry.path, "error", "model", message, "keep one record for each version", entry.named)


def _joined(record: Collected, sources: Sources) -> Iterator[Input]:
    """The model that a record is about, with all that its sources tell; then what else they hold: a card is a subject of its own.

    A source that cannot be read is an error, and a gap over all that it might have told.
    """
    id, path = record.subject["id"], record.subject["path"]
    gathered = Gathered({"id": id})
    entries: list[tuple[str, Input]] = []
    for source in record.more or ():
        before = [subject for _, entry in entries for subject in entry.subjects if _is_about(subject, id)]
        entries += [(source, entry) for entry in _entries(source, record, sources, before)]
    held = [
        subject
        for _, entry in entries
        for subject in entry.subjects
        if subject.subject["id"] == id and not subject.partial
    ]
    others: list[Input] = []
    for source, entry in entries:
        if not entry.subjects:
            gathered.gap("unreadable_source", entry.message, FACTS, source)
            others.append(replace(entry, status="error", named=True))
        for subject in entry.subjects:
            if _is_about(subject, id):
                is_file = subject.partial and _reader(source) is None
                gathered.take(_by_name_alone(subject, held) if is_file and held else subject)
                continue
            if subject.kind == "model_card" and "card" not in gathered.facts:
                name = subject.subject["path"]
                take_card(gathered, subject, name, name, Stamp(subject.sources[0]["sha256"]), in_artefact=False)
            others.append(Input(subject.subject["path"], "decided", subject.kind, subjects=(subject,)))
    if not gathered.sources and not gathered.gaps:
        gathered.gap("no_source", f"none of the sources tells of {id}", FACTS, path)
    gathered.take(record)
    if replaces := record.facts.get("release", {}).get("replaces"):
        add_predecessor(gathered, replaces, _entries(replaces, record, sources, []))
    model = gathered.collected(id, path, record.system_id)
    yield Input(path, "decided", "model", subjects=(model,), named=True)
    yield from others


def _is_about(subject: Collected, id: str) -> bool:
    """Whether a source's subject is the version of this id: a registry's name may stand for several versions."""
    return subject.kind == "model" and (subject.partial or subject.subject["id"] == id)


def _by_name_alone(saved: Collected, held: Sequence[Collected]) -> Collected:
    """Where the registry itself was asked, a file that says what the registry holds is no more than a file that says so.

    `held` is what the registry told. No other data than its run used count as what the model was trained on: the rest has no use.
    """
    results: list[Any] = [
        {**result, "bound": "name"} if result["bound"] == "registry" else result
        for result in saved.facts["evaluations"]
    ]
    facts = {**saved.facts, "evaluations": results}
    if "datasets" in facts:
        used = {(one["name"], one.get("context")) for version in held for one in version.facts.get("datasets", [])}
        facts["datasets"] = [
            one if (one["name"], one.get("context")) in used else {key: one[key] for key in one if key != "context"}
            for one in facts["datasets"]
        ]
    return replace(saved, facts=facts)


def _beside(lies: str, path: str, before: Sequence[Collected]) -> Beside:
    """What a source beside the record is told: of the code, what the first source says that speaks of it."""
    code: dict[str, str] = {}
    for subject in before:
        code = subject.facts.get("code", {}) | code
    files = {
        file["sha256"]
        for subject in before
        for file in subject.facts.get("artefact", {}).get("files", [])
        if "sha256" in file
    }
    return Beside(
        os.path.dirname(lies),
        os.path.dirname(path),
        code.get("revision", ""),
        code.get("repository", ""),
        frozenset(files),
    )


def _entries(source: str, record: Collected, sources: Sources, before: Sequence[Collected]) -> Iterator[Input]:
    """What one source gives: everything that a registry holds under this name, what lies beside the record, or one file or folder.

    `before` is what the sources named before this one told of the version.
    """
    if split([source])[1]:
        yield from sources.ask(source)
        return
    path = record.subject["path"]
    lies = os.path.join(sources.cwd, path)
    if reader := _reader(source):
        yield reader.collect(source.partition(":")[2], _beside(lies, path, before))
        return
    try:
        file = beside(source, lies)
    except ValueError as error:
        yield Input(source, "error", message=f"{path}: {error}", hint="copy it beside the record")
        return
    found = Found(os.path.normpath(os.path.join(os.path.dirname(path), source)), file, named=True)
    yield read_folder(found.path, found.file) if os.path.isdir(file) else sources.read(found)


def _reader(source: str) -> RecordSource | None:
    """What reads a source that lies beside the record and is no file ("git:")."""
    scheme, colon, _ = source.partition(":")
    return plugins.record_source(scheme) if colon else None


def _is_partial(entry: Input) -> bool:
    return any(subject.partial for subject in entry.subjects)
