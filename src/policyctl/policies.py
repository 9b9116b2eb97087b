"""The policies that a user names with --policy, and their data, as the bundle that decides."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from policyctl.bundles.policies.making import OURS, Sources, make
from policyctl.collectors.configuration.notations import read_json, read_yaml
from policyctl.collectors.reading import read_text
from policyctl.library import Loaded, cache_folder, own_root, write_archive
from policyctl.model.errors import ContentError, InputError, UsageError
from policyctl.settings import Settings
from policyctl.trusted import require_outside

_DATA = (".json", ".yaml", ".yml")
_SHARED = Path(__file__).parent / "bundles" / "policies" / "policies.rego"


@dataclass(frozen=True, slots=True)
class Policies:
    """What the user says: folders or files of policies and of data, the namespaces that are asked (none named: all)."""

    paths: tuple[str, ...]
    namespaces: tuple[str, ...]
    data: tuple[str, ...] = ()
    version: Literal["v0", "v1"] = "v1"


def load(policies: Policies, opa: str) -> Loaded:
    """The bundle of these policies, in the cache.

    Raises ContentError for policies or data that cannot be used, NothingAsked where none of the rules would be asked.
    """
    named = dict(_policies(policies))
    if not named:
        raise ContentError(
            f"no Rego in {', '.join(policies.paths)}", hint="name the folder that holds the .rego files with --policy"
        )
    texts = {inside: _bytes(path) for inside, path in named.items()}
    ours = {
        f"policyctl/{name}/{name}.rego": (own_root() / "rego" / "policyctl" / name / f"{name}.rego") for name in OURS
    }
    sources = Sources(
        policies=texts,
        shown={
            inside: os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
            for inside, path in named.items()
        },
        ours={
            "policyctl/policies/policies.rego": _SHARED.read_bytes(),
            **{inside: path.read_bytes() for inside, path in ours.items()},
        },
        data=_data(policies.data),
        namespaces=policies.namespaces,
        version=policies.version,
    )
    bundle = make(sources, opa)
    archive = cache_folder() / "bundles" / f"policies-{bundle.identity.sha256[:32]}.tar.gz"
    return Loaded(bundle, write_archive(archive, bundle.archive))


def require_trusted(policies: Policies, settings: Settings, judged: Sequence[str]) -> None:
    """Raises UsageError where a trusted configuration was given, and the policies or their data lie in what is judged."""
    if settings.trusted:
        for path in (*policies.paths, *(_split(given)[1] for given in policies.data)):
            require_outside(Path(path), judged, Path.cwd(), "a policy")


def _policies(policies: Policies) -> Iterator[tuple[str, Path]]:
    """Every Rego file with its path inside the bundle, which does not depend on what the folder is called."""
    for index, given in enumerate(dict.fromkeys(policies.paths)):
        root = Path(given).absolute()
        if not root.exists():
            raise UsageError(f"{given}: there are no policies here", hint="name the folder that holds the .rego files")
        prefix = f"policies/{policies.version}/" + (f"{index}/" if len(policies.paths) > 1 else "")
        for path in _files(root, (".rego",)):
            inside = path.relative_to(root).as_posix() if root.is_dir() else path.name
            yield f"{prefix}{inside}", path


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ContentError(
            f"{path}: cannot be read: {error.strerror}", hint="look at the name and the permissions"
        ) from error


def _files(root: Path, suffixes: Sequence[str]) -> list[Path]:
    if root.is_file():
        return [root]
    found = []
    for folder, folders, names in os.walk(root):
        folders.sort()
        found += [Path(folder, name) for name in sorted(names) if os.path.splitext(name)[1] in suffixes]
    return found


def _split(given: str) -> tuple[list[str], str]:
    """A prefix of `--data services:FILE`, and the path."""
    prefix, colon, path = given.partition(":")
    if not colon or os.path.exists(given):
        return [], given
    words = prefix.split(".")
    return words[1:] if words[0] == "data" else words, path


def _data(given: Sequence[str]) -> dict[str, Any]:
    """The data of all files under one root: a folder below the one that was named is a key, as OPA has it."""
    whole: dict[str, Any] = {}
    for one in given:
        prefix, named = _split(one)
        root = Path(named)
        if not root.exists():
            raise UsageError(f"{one}: there is no data here", hint="name a JSON or YAML file, or a folder of them")
        for path in _files(root, _DATA):
            keys = [*prefix, *(path.relative_to(root).parts[:-1] if root.is_dir() else ())]
            value = _value(path)
            for key in reversed(keys):
                value = {key: value}
            _merge(whole, value, path)
    return whole


def _value(path: Path) -> dict[str, Any]:
    """What a file holds: numbers and tags as in the files that are judged."""
    try:
        text, _, _ = read_text(str(path))
        values = (read_json if path.suffix == ".json" else read_yaml)(text, str(path)).values
    except InputError as error:
        raise ContentError(f"--data: {error.message}", hint=error.hint) from error
    if len(values) != 1 or not isinstance(values[0], dict):
        raise ContentError(
            f"--data: {path}: holds no mapping", hint="data is one JSON object or one YAML mapping a file"
        )
    return values[0]


def _merge(into: dict[str, Any], more: Mapping[str, Any], path: Path) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), dict):
            _merge(into[key], value, path)
        elif key in into:
            raise ContentError(f"--data: {path}: there is a {key!r} already", hint="give each key in one file only")
        else:
            into[key] = value
