"""Gather: the files and streams that the user names, each read, recognised and collected into facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
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
from policyctl.releases import Sources, joined


def gather(
    paths: Sequence[str],
    kind: str | None = None,
    cwd: Path | None = None,
    registries: Registries = NO_REGISTRIES,
    releases: Sequence[Path] = (),
) -> list[Input]:
    """What became of each file, in the order in which they were found, then of what registries were asked for; `releases` are the
    release records that the configuration lists.

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
    found_all = [entry for path in dict.fromkeys(order) for entry in inputs.get(path, [])]
    sources = sources_of(registries, cwd or Path.cwd())
    records = [record for path in releases for record in _record(path, collectors)]
    entries = joined(found_all, [entry for uri in asked for entry in sources.ask(uri)], records, sources)
    return [concealed(told_of(entry)) for entry in entries]


def sources_of(registries: Registries, cwd: Path) -> Sources:
    """How what a release record names is read: each registry's name is asked for once."""
    return Sources(cache(registries.collect), lambda found: _one(found, plugins.collectors()), cwd)


def _record(path: Path, collectors: Sequence[Collector]) -> Sequence[Collected]:
    """A release record that the configuration lists. Raises UsageError where it is none, or cannot be read."""
    entry = _one(Found(str(path), str(path), named=True), collectors)
    if not entry.subjects or entry.subjects[0].more is None:
        raise UsageError(
            entry.message or f"{path}: is no release record", hint=entry.hint or "releases: lists release records"
        )
    return entry.subjects


def _one(found: Found, collectors: Sequence[Collector]) -> Input:
    """What became of one file, whoever names it."""
    identified = identify(found, collectors)
    if isinstance(identified, Input):
        return identified
    (collected,) = identified.collector.collect([identified.content])
    return insisted(collected)


def told_of(entry: Input) -> Input:
    """What tells of a model without being one is no subject: it counts where a release record names it, and where nobody does, says so."""
    if not any(subject.partial for subject in entry.subjects):
        return entry
    message = f"{printable(entry.path)}: tells of a model only where a release record names it"
    hint = "name the record in its place, with this file among its sources"
    return Input(entry.path, "error" if entry.named else "skipped", entry.kind, message, hint, entry.named)


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
