"""What a run needs, each thing really tried: configuration, content, profile, systems, the OPA that would decide, and the ledger."""

from __future__ import annotations

import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from policyctl import bundle_access, opening, recording
from policyctl.ledger import Entry, open_ledger
from policyctl.model.errors import ALLOWED, LedgerError, PolicyctlError
from policyctl.profiles import chosen_profile
from policyctl.settings import Settings
from policyctl.systems import Systems

LITTLE_SPACE = 100_000_000
"""Bytes. A decision takes some kilobytes, a large plan some hundred."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried. `fix` is the next step where something is wrong, and `exit_code` what a run would end with."""

    name: str
    state: Literal["ok", "wrong"]
    said: str
    fix: str = ""
    exit_code: int = ALLOWED


def checks(load: Callable[[], Settings]) -> Iterator[Check]:
    """Every check, in the order in which a run needs things. Where the configuration cannot be read, nothing else can be tried."""
    yield Check("python", "ok", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    settings: list[Settings] = []

    def configuration() -> str:
        settings.append(load())
        notes = "; ".join(settings[0].notes)
        return notes or ("trusted" if settings[0].trusted else "no policyctl.yaml here or above: the defaults")

    yield _tried("configuration", configuration)
    if settings:
        for name, ask in _ASKED.items():
            yield _tried(name, partial(ask, settings[0]))


def _tried(name: str, ask: Callable[[], str]) -> Check:
    try:
        return Check(name, "ok", ask())
    except PolicyctlError as error:
        return Check(name, "wrong", error.message, error.hint, error.exit_code)


def _content(settings: Settings) -> str:
    loaded = bundle_access.load(settings, opening.opa_path)
    catalog = loaded.bundle.catalog
    told = f"{len(catalog['controls'])} controls, profiles {', '.join(sorted(catalog['profiles']))}"
    return f"{told}; {loaded.note}" if loaded.note else told


def _profile(settings: Settings) -> str:
    profile = chosen_profile(settings, bundle_access.load(settings, opening.opa_path).bundle.catalog)
    counted = {kind: len(resolved["enforcement"]) for kind, resolved in profile["kinds"].items()}
    return f"{profile['id']}: " + ", ".join(f"{number} controls of {kind}" for kind, number in counted.items())


def _systems(settings: Settings) -> str:
    Systems(settings)
    return f"{len(settings.systems)} described" if settings.systems else "none described: the strict side is assumed"


def _engine(settings: Settings) -> str:
    with opening.open_run(settings) as run:
        run.engine.decide([])
        opa = run.engine.identity()
        where = opa.address or f"SHA-256 {opa.sha256[:12]}"
        return f"OPA {opa.version}, {opa.kind}, {where} ({opa.trust}): answers from {run.loaded.bundle.identity.revision[:12]}"


def _ledger(settings: Settings) -> str:
    address = recording.address(settings)
    file = _file_of(address)
    if file is None:
        with closing(open_ledger(address, readonly=True)) as ledger:
            return _told(address, ledger.head())
    folder = next(parent for parent in file.absolute().parents if parent.is_dir())
    _write(file, folder)
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE:
        raise LedgerError(
            f"ledger {file}: only {free // 1_000_000} MB are free there", hint="make room, or name another"
        )
    if not file.exists():
        return f"{file}: will be made by the first decision"
    with closing(open_ledger(address, readonly=True)) as ledger:
        return _told(str(file), ledger.head())


def _write(file: Path, folder: Path) -> None:
    """Really tried: modes say little of read-only disks, and nothing to root."""
    try:
        if file.exists():
            file.open("r+b").close()
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise LedgerError(
            f"ledger {file}: cannot be written: {error.strerror}", hint="name another with --ledger"
        ) from error


def _file_of(address: str) -> Path | None:
    """The file of a ledger that is kept in one."""
    path = address.removeprefix("sqlite:///")
    return None if "://" in path else Path(path)


def _told(where: str, head: Entry | None) -> str:
    return f"{where}: last entry of {head.time[:19]}Z" if head else f"{where}: empty"


_ASKED: dict[str, Callable[[Settings], str]] = {
    "content": _content,
    "profile": _profile,
    "systems": _systems,
    "engine": _engine,
    "ledger": _ledger,
}
