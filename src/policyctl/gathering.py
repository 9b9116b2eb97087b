"""Gather: the files and streams that the user names, each read, recognised and collected into facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from policyctl import plugins
from policyctl.collectors.detection import Identified, identify
from policyctl.collectors.discovery import Found, discover
from policyctl.model.content import Collector, Content
from policyctl.model.document import Collected, Gap, Input
from policyctl.model.errors import UsageError
from policyctl.model.printable import printable
from policyctl.model.secrets import conceal
from policyctl.registries import NO_REGISTRIES, Registries, split
from policyctl.releases import joined


def gather(
    paths: Sequence[str], kind: str | None = None, cwd: Path | None = None, registries: Registries = NO_REGISTRIES
) -> list[Input]:
    """What became of each file, in the order in which they were found, then of what registries were asked for.

    Contents of one kind are collected together. Raises UsageError for an unknown `kind`. Bad files among good ones are inputs with
    status "error".
    """
    collectors = plugins.collectors()
    if kind is not None and kind not in {collector.kind for collector in collectors}:
        raise UsageError(f"no kind {kind!r}", hint=f"one of {', '.join(c.kind for c in collectors)}")
    order: list[str] = []
    named: set[str] = set()
    inputs: dict[str, list[Input]] = {}
    contents: dict[int, list[Content]] = {}
    files, asked = split(paths)
    for found in discover(files, cwd or Path.cwd()):
        identified = found if isinstance(found, Input) else identify(found, collectors, kind)
        path = identified.content.path if isinstance(identified, Identified) else identified.path
        order.append(path)
        if isinstance(found, Found) and found.named:
            named.add(path)
        if isinstance(identified, Identified):
            contents.setdefault(collectors.index(identified.collector), []).append(identified.content)
        else:
            inputs.setdefault(path, []).append(identified)
    for index, listed in contents.items():
        for collected in collectors[index].collect(listed):
            inputs.setdefault(collected.path, []).append(insisted(collected) if collected.path in named else collected)

    joined_files: set[str] = set()

    def read(found: Found) -> Input:
        joined_files.add(found.path)
        return _one(found, collectors)

    for record in [
        subject for listed in inputs.values() for entry in listed for subject in entry.subjects if subject.more
    ]:
        inputs[record.subject["path"]] = []
        for entry in joined(record, registries, read, cwd or Path.cwd()):
            if not inputs.get(entry.path):  # a file that the record names may have been found in its folder, too
                order.append(entry.path)
                inputs[entry.path] = [entry]
    inputs = {path: [_whole(entry, path in joined_files) for entry in listed] for path, listed in inputs.items()}
    known = {subject.subject["id"] for listed in inputs.values() for entry in listed for subject in entry.subjects}
    for entry in registries.collect(asked):
        # Two names may lead to one version: an alias and a number, or a release record.
        if not any(subject.subject["id"] in known for subject in entry.subjects):
            order.append(entry.path)
            inputs.setdefault(entry.path, []).append(entry)
            known |= {subject.subject["id"] for subject in entry.subjects}
    return [concealed(entry) for path in dict.fromkeys(order) for entry in inputs.get(path, [])]


def _one(found: Found, collectors: Sequence[Collector]) -> Input:
    """What became of one file, whoever names it."""
    identified = identify(found, collectors)
    if isinstance(identified, Input):
        return identified
    (collected,) = identified.collector.collect([identified.content])
    return insisted(collected)


def _whole(entry: Input, joined: bool) -> Input:
    """What tells only a part is nothing to decide about: skipped, or an error where the user named it and no record has taken it."""
    if not entry.subjects or not all(subject.partial for subject in entry.subjects):
        return entry
    message = f"{printable(entry.path)}: tells of a model only where a release record names it"
    part = replace(
        entry, status="skipped", message=message, hint="name it in the sources of a release.yaml", subjects=()
    )
    return insisted(part) if entry.named and not joined else part


def insisted(entry: Input) -> Input:
    """What a collector passes over in a folder is an error where the user named it: somebody waits for a verdict about it."""
    if entry.status != "skipped":
        return replace(entry, named=True)
    hint = entry.hint or "there is nothing in it to decide about: leave it out"
    return replace(entry, status="error", hint=hint, named=True)


def concealed(entry: Input) -> Input:
    """What is said about a file may quote it: no credential is quoted."""
    subjects = tuple(
        replace(
            subject,
            notes=tuple(conceal("", note) for note in subject.notes),
            gaps=tuple(_gap(gap) for gap in subject.gaps),
        )
        if subject.notes or subject.gaps
        else subject
        for subject in entry.subjects
    )
    return replace(entry, message=conceal("", entry.message), hint=conceal("", entry.hint), subjects=subjects)


def subjects(inputs: Sequence[Input]) -> list[Collected]:
    """Every subject that was collected, in order."""
    return [subject for entry in inputs if entry.status == "decided" for subject in entry.subjects]


def _gap(gap: Gap) -> Gap:
    """A gap whose reason and place tell no secret: a key may be one."""
    told: Gap = {**gap, "reason": conceal("", gap["reason"])}
    if "at" in gap:
        told["at"] = [conceal("", step) if isinstance(step, str) else step for step in gap["at"]]
    return told
