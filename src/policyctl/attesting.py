"""Which attestations count for a system: those that the configuration names, never those that lie in the tree under judgement."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from policyctl.context import Context
from policyctl.model.attestation import Attested
from policyctl.model.catalog import Catalog
from policyctl.model.document import Collected, Location, Source
from policyctl.model.document import Path as FactPath
from policyctl.model.errors import InputError, UsageError
from policyctl.settings import Settings

if TYPE_CHECKING:
    from policyctl.collectors.attestations import Attesting


class Attestations:
    """Every attestation of the files under `attestations` in policyctl.yaml, by control and system.

    A pipeline judges what somebody else proposes: there the tree's own attestations have no effect.

    Raises UsageError with file and line for a file that cannot be understood, an unknown control or one that is derived from
    artefacts, and a control attested twice for one system.
    """

    def __init__(self, settings: Settings, catalog: Catalog, context: Context) -> None:
        self._settings = settings
        self._controls = catalog["controls"]
        self._refused = bool(settings.attestations and context.pipeline and not settings.trusted)
        self._found: dict[tuple[str, str], Attesting] = {}
        self._sources: dict[str, Source] = {}
        for file in () if self._refused else settings.attestations:
            for attesting in self._read(file):
                self._add(attesting)

    def of(self, system: str, kind: str) -> Attested:
        """What is attested of one system, for the controls that judge documents of this kind."""
        attested: Attested = {}
        for (id, about), attesting in self._found.items():
            control = self._controls[id]
            if about == system and kind in control["kinds"]:
                attested.setdefault(control["family"], {})[control["name"]] = attesting.attestation
        return attested

    def placed(self, subject: Collected, system: str) -> Collected:
        """The subject with the files that its attestations come from among its sources, and their places among its own."""
        found = {
            (control["family"], control["name"]): attesting.location
            for (id, about), attesting in self._found.items()
            if about == system and subject.kind in (control := self._controls[id])["kinds"]
        }
        if not found:
            return subject

        def locate(resource: str, path: FactPath) -> Location | None:
            attested = found.get((str(path[1]), str(path[2]))) if path[:1] == ("attested",) and len(path) > 2 else None
            return attested or subject.locate(resource, path)

        files = sorted({location.file for location in found.values()})
        return replace(subject, sources=(*subject.sources, *map(self._sources.__getitem__, files)), locate=locate)

    def notes(self, known: Collection[str]) -> tuple[str, ...]:
        """A sentence for each system that is attested and that nobody describes: a misspelt id counts for nothing."""
        if self._refused:
            return ("attestations: a claim without effect: in a pipeline, they come from a trusted configuration",)
        unknown: dict[str, Location] = {}
        for (_, system), attesting in self._found.items():
            if system not in known:
                unknown.setdefault(system, attesting.location)
        return tuple(
            f"{place}: no system {system!r} is known in this run: its attestations have no effect"
            for system, place in sorted(unknown.items())
        )

    def _read(self, file: Path) -> list[Attesting]:
        from policyctl.collectors.attestations import read_attestations
        from policyctl.collectors.reading import read

        root = self._settings.root.resolve()
        if self._settings.trusted and not file.resolve().is_relative_to(root):
            raise UsageError(
                f"{file}: attestations have effect only from within the trusted configuration",
                hint=f"put the file into {root}",
            )
        try:
            content = read(os.path.relpath(file), file=str(file))
            found = read_attestations(content, str(file.parent))
        except InputError as error:
            raise UsageError(error.message, hint=error.hint) from error
        self._sources[content.path] = {"path": content.path, "sha256": content.sha256}
        return found

    def _add(self, attesting: Attesting) -> None:
        where = str(attesting.location)
        control = self._controls.get(attesting.control)
        if control is None:
            raise UsageError(
                f"{where}: no control {attesting.control!r}",
                hint="policyctl control list shows those that are attested",
            )
        if "statement" not in control:
            raise UsageError(
                f"{where}: {attesting.control} is derived from artefacts: nobody can attest it",
                hint="where it fails and has to be accepted, that is a waiver",
            )
        for system in attesting.systems:
            if before := self._found.get((attesting.control, system)):
                first = str(before.location)
                raise UsageError(
                    f"{where}: {attesting.control} is attested for {system} already, in {first}",
                    hint="keep the one that counts: a renewal takes the place of what it renews",
                )
            self._found[attesting.control, system] = attesting
