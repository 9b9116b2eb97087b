"""Which AI system a subject belongs to, and how much of what is said about it has effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from policyctl.model.document import Collected, Gap, System
from policyctl.model.errors import InputError, UsageError
from policyctl.settings import LOCAL, Settings

_WEIGHTY = (
    "roles",
    "classes",
    "market",
    "placed_on_market",
    "put_into_service",
    "significantly_changed",
    "public_authority",
)
"""What duties turn on. Of a system that only the tree describes, trusted configuration believes no word of it."""


class Systems:
    """The systems that this run knows: by `--system`, by `policyctl.yaml`, and by the tag or label that a subject carries."""

    def __init__(self, settings: Settings, chosen: str | None = None) -> None:
        self._listed = [(_read(entry.file), entry.paths) for entry in settings.systems]
        self._by_id = {system["id"]: system for system, _ in self._listed if "id" in system}
        self._files = {entry.file.resolve() for entry in settings.systems}
        self._root = settings.root
        self._trusted = settings.trusted
        self._silent = settings.trusted or any(LOCAL in note for note in settings.notes)
        self._chosen = self._of(chosen, settings) if chosen else None
        self.notes = self._said(chosen, settings)

    def of(self, subject: Collected) -> System:
        """The system of one subject; only its id where nothing else is known, empty where nothing is.

        Paths that the configuration names come first, so that a label cannot move a subject to an easier system. A system is
        established where no word of the subject has decided about it.
        """
        if subject.kind == "system":
            return self._described(subject)
        if self._chosen is not None:
            return self._chosen
        if system := self._by_path(subject.subject["path"], named=True):
            return _established(system)
        if subject.system_id in self._by_id:
            return self._by_id[subject.system_id]
        if system := self._by_path(subject.subject["path"], named=False):
            return _established(system)
        return {"id": subject.system_id} if subject.system_id else {}

    def weighed(self, subject: Collected) -> Collected:
        """A system's description with a gap over each fact that it claims and that has no effect. Other subjects as they are."""
        if subject.kind != "system":
            return subject
        known: dict[str, Any] = dict(self._described(subject))
        stated = [key for key in _WEIGHTY if key in subject.facts["stated"]]
        claims = [key for key in stated if subject.facts[key] != known.get(key)]
        if claims:
            reason = "a claim without effect: the configuration does not say the same of this system"
            gaps = [Gap(code="claim_without_effect", reason=reason, paths=[["facts", key]], at=[key]) for key in claims]
            note = f"{', '.join(claims)}: {reason}"
            return replace(subject, gaps=(*subject.gaps, *gaps), notes=(*subject.notes, note))
        if not self._silent:
            return replace(subject, notes=(*subject.notes, LOCAL))
        return subject

    def known(self, named: Iterable[str | None]) -> set[str]:
        """The ids of all systems that anybody names in this run; `named` are those that subjects name, or None."""
        chosen = {self._chosen["id"]} if self._chosen and "id" in self._chosen else set()
        return {*self._by_id, *chosen, *filter(None, named)}

    def _described(self, subject: Collected) -> System:
        """Of the system that a subject describes: what the configuration says of this id, else the description, as far as it counts."""
        if subject.system_id in self._by_id:
            known = self._by_id[subject.system_id]
            return _established(known) if Path(subject.subject["path"]).resolve() in self._files else known
        if self._chosen is not None and self._chosen.get("id") == subject.system_id:
            return self._chosen
        described = cast("System", {key: subject.facts[key] for key in subject.facts["stated"]})
        return _claimed(described) if self._trusted else described

    @staticmethod
    def _said(chosen: str | None, settings: Settings) -> tuple[str, ...]:
        """What a reader must know of a system that was named by hand: how much of its word has effect."""
        if not chosen or not Path(chosen).is_file():
            return ()
        if settings.trusted:
            return (
                f"{chosen}: its roles, classes and dates are claims without effect: a trusted configuration was given",
            )
        return (f"{chosen}: {LOCAL}",)

    def _of(self, chosen: str, settings: Settings) -> System:
        """`--system` names a file or an id. A file inside the tree is a claim where a trusted configuration decides."""
        if chosen in self._by_id:
            return _established(self._by_id[chosen])
        if not Path(chosen).is_file():
            known = ", ".join(sorted(self._by_id)) or "none is configured"
            raise UsageError(f"no system {chosen!r}", hint=f"a file, or an id of policyctl.yaml: {known}")
        system = _read(Path(chosen))
        return _claimed(system) if settings.trusted else _established(system)

    def _by_path(self, path: str, *, named: bool) -> System | None:
        """The first system whose patterns match; with `named`, among those that name patterns, else among those that name none."""
        if not self._listed:
            return None
        import pathspec

        try:
            inside = Path(path).resolve().relative_to(self._root.resolve()).as_posix()
        except ValueError:
            inside = path
        for system, patterns in self._listed:
            if bool(patterns) == named and (
                not patterns or pathspec.GitIgnoreSpec.from_lines(patterns).match_file(inside)
            ):
                return system
        return None


def _established(system: System) -> System:
    return {**system, "established": True}


def _claimed(system: System) -> System:
    """A system without what only trusted configuration may say: its roles, classes and dates."""
    kept: System = {}
    if "id" in system:
        kept["id"] = system["id"]
    if "owner" in system:
        kept["owner"] = system["owner"]
    if "purpose" in system:
        kept["purpose"] = system["purpose"]
    return kept


def _read(file: Path) -> System:
    from policyctl.collectors.reading import read
    from policyctl.collectors.system import read_system

    try:
        return read_system(read(str(file)))
    except InputError as error:
        raise UsageError(error.message, hint=error.hint) from error
