"""Where each setting comes from: `policyctl.yaml` (found upwards), then `POLICYCTL_*`, then flags; later wins.

With a trusted configuration (`--trusted-config`, `POLICYCTL_TRUSTED_CONFIG`: a folder, or a protected revision) only its
`policyctl.yaml` has effect: what the tree under judgement says about itself is then a claim. Without one, the local file serves and
every report says so.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from policyctl.model.errors import UsageError
from policyctl.trusted import origin

FILE = "policyctl.yaml"
WAIVERS = "waivers.yaml"
LOCAL = "local configuration, not enforced: no trusted configuration was given"
CLAIM = "a claim without effect: a trusted configuration was given"
CLAIM_BESIDE_KEY = "a claim without effect: a key for bundles was given"
KEYS = {
    "profile": str,
    "ledger": str,
    "opa": str,
    "systems": list,
    "attestations": list,
    "waivers": list,
    "content": list,
    "profiles": list,
    "bundle": str,
    "bundle_key": str,
    "bundle_sequence_min": int,
    "registries": dict,
    "releases": list,
}
"""The keys of `policyctl.yaml`, each with the type of its value."""


@dataclass(frozen=True, slots=True)
class SystemEntry:
    """A system description, and the paths (gitignore patterns, relative to the configuration file) whose subjects belong to it.

    No paths: the system of every subject that no other one claims.
    """

    file: Path
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run may be told. Empty texts mean: not set. `root` is the folder that relative paths start from.

    `waivers` are the files that the configuration lists, `waiver_key` the public key that they must be signed by.
    `bundle` is the archive that decides in place of the content folders, `bundle_key` the public key (a file, or PEM) that must have
    signed it, `bundle_sequence_min` the least number that it may bear. `registries` are addresses of servers, by the scheme under which
    they are asked ("mlflow"), `releases` release records of models. `local_key`: nobody but the tree itself names that key.
    `file` is the configuration file that has effect, `stated` its keys.
    """

    profile: str = "baseline"
    ledger: str = ""
    opa: str = ""
    systems: tuple[SystemEntry, ...] = ()
    attestations: tuple[Path, ...] = ()
    content: tuple[Path, ...] = ()
    profiles: tuple[Path, ...] = ()
    waivers: tuple[Path, ...] = ()
    waiver_key: Path | None = None
    bundle: Path | None = None
    bundle_key: str = ""
    bundle_sequence_min: int = 0
    registries: Mapping[str, str] = field(default_factory=dict)
    releases: tuple[Path, ...] = ()
    local_key: bool = False
    root: Path = Path()
    trusted: bool = False
    notes: tuple[str, ...] = field(default=())
    file: Path | None = None
    stated: frozenset[str] = frozenset()


def load(
    flags: Mapping[str, str | None], environment: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Settings:
    """The settings of this run. `flags` may hold profile, ledger, opa, trusted_config, waiver_key, bundle and bundle_key; None means
    not given.

    Raises UsageError for a file that cannot be read, an unknown key or a value of the wrong type, with its place.
    """
    env = os.environ if environment is None else environment
    here = cwd or Path.cwd()
    trusted = flags.get("trusted_config") or env.get("POLICYCTL_TRUSTED_CONFIG") or ""
    local = find(here)
    if trusted:
        settings = _trusted(trusted, local, here)
    elif local:
        settings = replace(_read(local), notes=(f"{_shown(local, here)}: {LOCAL}",))
    else:
        settings = Settings(root=here)
    chosen = replace(
        _with_bundle(settings, flags, env),
        profile=flags.get("profile") or env.get("POLICYCTL_PROFILE") or settings.profile,
        ledger=flags.get("ledger") or env.get("POLICYCTL_LEDGER") or settings.ledger,
        opa=flags.get("opa") or env.get("POLICYCTL_OPA_SERVER") or settings.opa,
        waiver_key=Path(key) if (key := flags.get("waiver_key") or env.get("POLICYCTL_WAIVER_KEY")) else None,
    )
    if trusted and chosen.waiver_key:
        raise UsageError(
            "a key for waivers goes without a trusted configuration, which says itself what is waived",
            hint="leave out --waiver-key (POLICYCTL_WAIVER_KEY), or --trusted-config",
        )
    if trusted.startswith("git:") and chosen.ledger and chosen.ledger.startswith(str(chosen.root)):
        raise UsageError(
            f"{trusted}: a ledger cannot lie in a revision", hint="name it by --ledger, or by an absolute path or a URL"
        )
    return chosen


def _with_bundle(settings: Settings, flags: Mapping[str, str | None], env: Mapping[str, str]) -> Settings:
    """Which bundle decides, and who must have signed it. Where the command or the environment names the key, the tree under judgement
    does not choose among the bundles that this key ever signed.
    """
    bundle = flags.get("bundle") or env.get("POLICYCTL_BUNDLE") or ""
    key = flags.get("bundle_key") or env.get("POLICYCTL_BUNDLE_KEY") or ""
    least = _whole("POLICYCTL_BUNDLE_SEQUENCE_MIN", env.get("POLICYCTL_BUNDLE_SEQUENCE_MIN") or "0")
    if key and not settings.trusted:
        notes = [f"{settings.file}: bundle is {CLAIM_BESIDE_KEY}"] if settings.bundle and settings.file else []
        settings = replace(settings, bundle=None, bundle_sequence_min=0, notes=(*settings.notes, *notes))
    return replace(
        settings,
        bundle=Path(bundle) if bundle else settings.bundle,
        bundle_key=key or settings.bundle_key,
        bundle_sequence_min=max(least, settings.bundle_sequence_min),
        local_key=bool(settings.bundle_key) and not key and not settings.trusted,
    )


def _whole(name: str, text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    raise UsageError(f"{name}: {text!r} is no whole number", hint="write it as 12")


def find(start: Path) -> Path | None:
    """The nearest `policyctl.yaml`, in this folder or above it."""
    return next((folder / FILE for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def default_ledger(environment: Mapping[str, str] | None = None) -> str:
    """Where decisions are recorded when nobody says otherwise: a database in the user's state folder."""
    env = os.environ if environment is None else environment
    state = Path(env.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return str(state / "policyctl" / "ledger.db")


def _trusted(given: str, local: Path | None, here: Path) -> Settings:
    """The settings of a trusted configuration, with notes about what the tree claims beside it."""
    came = origin(given, here)
    settings = replace(_read(_trusted_file(came.path, here)), trusted=True)
    for path in settings.waivers:
        _require_within(path, settings.root, here)
    notes = [f"trusted configuration: {came.revision}"] if came.revision else []
    if local:
        notes.append(f"{_shown(local, here)} is {CLAIM}")
    claimed = {path.resolve() for path in _claimed_waivers(local, here)} - {path.resolve() for path in settings.waivers}
    notes += [f"{_shown(path, here.resolve())} is {CLAIM}" for path in sorted(claimed)]
    return replace(settings, notes=tuple(notes))


def _require_within(path: Path, root: Path, here: Path) -> None:
    """A file of a trusted configuration lies in its folder, and not in the tree that is judged, whatever links lead there."""
    resolved = path.resolve()
    if not resolved.is_relative_to(root.resolve()) or resolved.is_relative_to(here.resolve()):
        raise UsageError(
            f"{path}: waivers have effect only from within the trusted configuration", hint=f"put the file into {root}"
        )


def _claimed_waivers(local: Path | None, here: Path) -> list[Path]:
    """The files of waivers that the tree under judgement has: those that its configuration lists, and `waivers.yaml`."""
    listed: list[Path] = []
    if local:
        try:
            listed = list(_read(local).waivers)
        except UsageError:  # it has no effect, so it cannot be wrong either
            listed = []
    beside = {folder / WAIVERS for folder in (here, local.parent if local else here)}
    return [*listed, *(path for path in beside if path.is_file())]


def _trusted_file(given: Path, here: Path) -> Path:
    file = given / FILE if given.is_dir() else given
    if file.resolve().is_relative_to(here.resolve()):
        raise UsageError(
            f"{given}: a trusted configuration lies outside the tree that is judged, not below {here}",
            hint="check it out beside the tree, or from a protected revision, and name that folder",
        )
    if not file.is_file():
        raise UsageError(
            f"{given}: no trusted configuration here", hint=f"name a folder outside the tree that holds {FILE}"
        )
    return file


def _read(file: Path) -> Settings:
    import yaml

    try:
        raw = yaml.safe_load(file.read_text()) or {}
    except (
        OSError,
        ValueError,
        RecursionError,
        yaml.YAMLError,
    ) as error:  # ValueError: a day that there is not, bytes that are no text
        raise UsageError(f"{file}: cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(raw, dict):
        raise UsageError(f"{file}: must be a mapping", hint=f"keys: {', '.join(KEYS)}")
    for key, value in raw.items():
        if key not in KEYS:
            raise UsageError(f"{file}: unknown key {key!r}", hint=f"keys: {', '.join(KEYS)}")
        if not isinstance(value, KEYS[key]) or isinstance(value, bool):
            raise UsageError(f"{file}: {key} must be a {KEYS[key].__name__}")
    root = file.parent
    return Settings(
        profile=raw.get("profile", "baseline"),
        ledger=_located(raw.get("ledger", ""), root),
        opa=raw.get("opa", ""),
        systems=tuple(_system(entry, file) for entry in raw.get("systems", [])),
        attestations=tuple(root / _text(path, file, "attestations") for path in raw.get("attestations", [])),
        content=tuple(root / _text(folder, file, "content") for folder in raw.get("content", [])),
        profiles=tuple(root / _text(path, file, "profiles") for path in raw.get("profiles", [])),
        waivers=tuple(root / _text(path, file, "waivers") for path in raw.get("waivers", [])),
        bundle=root / raw["bundle"] if raw.get("bundle") else None,
        bundle_key=str(root / raw["bundle_key"]) if raw.get("bundle_key") else "",
        bundle_sequence_min=raw.get("bundle_sequence_min", 0),
        registries={
            _text(scheme, file, "registries"): _text(url, file, "registries")
            for scheme, url in raw.get("registries", {}).items()
        },
        releases=tuple(root / _text(path, file, "releases") for path in raw.get("releases", [])),
        root=root,
        file=file,
        stated=frozenset(raw),
    )


def _system(entry: Any, file: Path) -> SystemEntry:
    """`systems:` lists files, or {file, paths}."""
    if isinstance(entry, str):
        return SystemEntry(file.parent / entry)
    if isinstance(entry, dict) and set(entry) <= {"file", "paths"} and isinstance(entry.get("file"), str):
        paths = entry.get("paths", [])
        if isinstance(paths, list) and all(isinstance(path, str) for path in paths):
            return SystemEntry(file.parent / entry["file"], tuple(paths))
    raise UsageError(f"{file}: systems: each entry is a file, or {{file: …, paths: [patterns]}}, not {entry!r}")


def _text(value: Any, file: Path, key: str) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{file}: {key}: must list paths, not {value!r}")
    return value


def _located(ledger: str, root: Path) -> str:
    """A ledger's path is relative to the file that names it; a URL stays as it is."""
    return str(root / ledger) if ledger and "://" not in ledger else ledger


def _shown(path: Path, here: Path) -> str:
    return os.path.relpath(path, here)
