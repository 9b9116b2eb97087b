"""A first release record of one version of a model: what its sources tell is written down, what people have to say is left to them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import NoReturn

from policyctl.collectors.mlflow.reference import SCHEME
from policyctl.collectors.reading import YAML_SUFFIXES, parse
from policyctl.collectors.release import ReleaseCollector
from policyctl.drafted import derived, text_of
from policyctl.gathering import concealed, sources_of
from policyctl.model.document import Collected, Input
from policyctl.model.errors import InputError, UsageError
from policyctl.model.facts.release import ReleaseRecord
from policyctl.model.printable import printable
from policyctl.registries import Registries, split
from policyctl.releases import joined
from policyctl.scaffold import require_id
from policyctl.settings import Settings
from policyctl.systems import Systems


@dataclass(frozen=True, slots=True)
class Draft:
    """The record's text, the version that it is about, and what is not known of that version, in sentences."""

    text: str
    model: str
    unknown: tuple[str, ...]


def draft(named: Sequence[str], path: str, system: str | None, settings: Settings, registries: Registries) -> Draft:
    """A record that will lie at `path`, about the version of which what is `named` tells: a registry's name for it, the folder of its
    files, saved answers.

    Raises UsageError where more than one version is named, or no system, and InputError where something cannot be read.
    """
    if Path(path).suffix.lower() not in YAML_SUFFIXES:
        raise UsageError(f"--out: {path} is not named like YAML", hint="call it release.yaml")
    held = _held(named, registries)
    sources = [held[0].path if one in split(named)[1] else _beside(one, path) for one in named]
    version = _gathered(held, sources, path, registries)
    id = held[0].path if held else _named(version, named)
    record = derived(version, id, require_id(system or _system_of(version, settings)))
    if sources != [id] or not held:
        record["sources"] = sources
    text = text_of(record)
    _require_same(text, path, record)
    return Draft(text, id, version.notes)


def _held(named: Sequence[str], registries: Registries) -> list[Input]:
    """The one version that a registry's name leads to; none where no registry is named."""
    asked = split(named)[1]
    held = [concealed(entry) for entry in islice(chain.from_iterable(map(registries.each, asked)), 2)]
    for entry in held:
        if not entry.subjects:
            raise InputError(entry.message, hint=entry.hint)
    if len(held) > 1:
        raise UsageError(f"{', '.join(asked)}: more than one version", hint=f"name one, such as {held[0].path}")
    return held


def _beside(file: str, path: str) -> str:
    """How the record at `path` names a file or folder. Raises UsageError where the record would be one of a folder's files."""
    if os.path.isdir(file) and Path(path).resolve().is_relative_to(Path(file).resolve()):
        raise UsageError(
            f"{path}: would lie among the model's files, and change their digest",
            hint="--out names a file beside the model's folder",
        )
    relative = os.path.relpath(file, os.path.dirname(path) or ".")
    return f"./{relative}" if split([relative])[1] else relative


def _gathered(held: list[Input], sources: Sequence[str], path: str, registries: Registries) -> Collected:
    """What the sources tell together: what `check` would read beside the record."""
    record = Collected("model", {"id": held[0].path if held else "", "path": path}, {}, (), more=tuple(sources))
    read = replace(sources_of(registries, Path.cwd()), ask=lambda _: held)
    first, *others = map(concealed, joined([Input(path, "decided", "model", subjects=(record,))], [], [], read))
    for entry in others:
        if entry.status == "error":
            raise InputError(entry.message, hint=entry.hint)
    (version,) = first.subjects
    if any(gap["code"] == "no_source" for gap in version.gaps):
        _nothing_told(sources)
    return replace(version, system_id=held[0].subjects[0].system_id if held else None)


def _named(version: Collected, named: Sequence[str]) -> str:
    """What files call the version: as the registry did whose answer was saved, else as the model's folder is called."""
    if {"name", "version"} <= version.facts.keys():
        return f"{SCHEME}:{version.facts['name']}/{version.facts['version']}"
    return next((Path(one).resolve().name for one in named if os.path.isdir(one)), "") or _nothing_told(named)


def _nothing_told(named: Sequence[str]) -> NoReturn:
    raise InputError(
        f"{', '.join(map(printable, named))}: does not say which version of a model it is about",
        hint="name the version in its registry (mlflow:NAME/VERSION), the folder of its files, or the saved answer of model-versions/get",
    )


def _system_of(version: Collected, settings: Settings) -> str:
    """The system that the configuration or the registry says the version belongs to."""
    if id := Systems(settings).of(version).get("id"):
        return id
    raise UsageError("nothing says which AI system the version belongs to", hint="--system ID")


def _require_same(text: str, path: str, record: ReleaseRecord) -> None:
    """Raises InputError where the text, read back, does not say what was meant: not every name of a file is one that a record can hold."""
    content = text.encode()
    meant = {key: value for key, value in record.items() if key != "sources"}
    try:
        (entry,) = ReleaseCollector().collect([parse(text, path, hashlib.sha256(content).hexdigest(), len(content))])
        read = [(subject.facts["release"], subject.more) for subject in entry.subjects]
    except InputError:
        read = []
    if read != [(meant, tuple(record.get("sources", [record["model"]])))]:
        raise InputError(
            f"{printable(record['model'])}: a release record cannot say this name", hint="rename the folder or file"
        )
