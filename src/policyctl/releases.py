"""Joins what a release record states with what the sources that it names tell of the same version of a model."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from policyctl.collectors.discovery import Found
from policyctl.collectors.model_folder import read_folder
from policyctl.collectors.registries.cards import take_card
from policyctl.collectors.release import beside
from policyctl.model.document import Collected, Input
from policyctl.model.gathered import Gathered, Stamp
from policyctl.registries import Registries, split

FACTS: Final = ("artefact", "card", "code", "datasets", "evaluations", "run", "signature", "status")
"""What a source that could not be read might have told."""

ReadFile = Callable[[Found], Input]
"""Reads a file, and collects what is in it."""


def joined(record: Collected, registries: Registries, read: ReadFile, cwd: Path) -> Iterator[Input]:
    """The model that a record is about, with all that its sources tell; then what else they hold: a card is a subject of its own.

    A source that cannot be read is an error, and a gap over all that it might have told.
    """
    id, path = record.subject["id"], record.subject["path"]
    gathered = Gathered({"id": id})
    others: list[Input] = []
    told = False
    for source in record.more:
        for entry in _entries(source, record, registries, read, cwd):
            if not entry.subjects:
                gathered.gap("unreadable_source", entry.message, FACTS, source)
                others.append(replace(entry, status="error", named=True))
            for subject in entry.subjects:
                if subject.kind == "model" and (subject.partial or subject.subject["id"] == id):
                    gathered.take(subject)
                    told = True
                else:
                    if subject.kind == "model_card" and "card" not in gathered.facts:
                        _take_card(gathered, subject)
                        told = True
                    others.append(Input(subject.subject["path"], "decided", subject.kind, subjects=(subject,)))
    if not told and not gathered.gaps:
        gathered.gap("no_source", f"none of the sources tells of {id}", FACTS, path)
    gathered.take(record)
    model = gathered.collected(id, path, record.system_id)
    yield Input(path, "decided", "model", subjects=(model,), named=True)
    yield from others


def _take_card(gathered: Gathered, card: Collected) -> None:
    path = card.subject["path"]
    take_card(gathered, card, path, path, Stamp(card.sources[0]["sha256"]), in_artefact=False)


def _entries(source: str, record: Collected, registries: Registries, read: ReadFile, cwd: Path) -> Iterator[Input]:
    """What one source gives: everything that a registry holds under this name, or one file or folder."""
    if split([source])[1]:
        yield from registries.collect([source])
        return
    path = record.subject["path"]
    try:
        file = beside(source, os.path.join(cwd, path))
    except ValueError as error:
        yield Input(source, "error", message=f"{path}: {error}", hint="copy it beside the record")
        return
    found = Found(os.path.normpath(os.path.join(os.path.dirname(path), source)), file, named=True)
    yield read_folder(found.path, found.file) if os.path.isdir(file) else read(found)
