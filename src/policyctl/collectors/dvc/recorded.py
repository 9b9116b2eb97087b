"""Facts in the files that DVC writes: `dvc.lock` of schema 2.0, and `*.dvc`.

Source: DVC's documentation, "dvc.yaml Files" (dvc.lock) and ".dvc Files". Until DVC 3 the MD5 of a text was that of the text with the line
ends of Unix; entries of DVC 3 say `hash: md5`.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from policyctl.collectors.git.addresses import public
from policyctl.model.errors import InputError
from policyctl.model.facts.model import Dataset
from policyctl.model.printable import printable

_MD5: Final = re.compile(r"[0-9a-f]{32}(\.dir)?")
_PROGRAMS: Final = tuple(
    ".py .ipynb .r .rmd .jl .sh .bash .ps1 .pl .scala .java .c .cc .cpp .h .rs .go .js .ts".split()
)
_SHAPE: Final = "let DVC write it again: dvc repro, dvc commit or dvc add"


def stage_facts(value: Any, stage: str, path: str, lock: str, folder: str) -> dict[str, Any]:
    """What a stage read: its dependencies but for programs, which are told by the end of their names, and its parameters.

    `lock` and `folder` are the file and its folder, relative to the release record; `path` is what the user calls the file. Raises
    InputError where it is no such file, or has no such stage.
    """
    if not isinstance(value, dict) or value.get("schema") != "2.0":
        raise InputError(f"{printable(path)}: is no dvc.lock of schema 2.0", hint="write it with DVC 2 or later")
    stages = _mapping(value.get("stages", {}), path, "stages")
    if stage not in stages:
        known = ", ".join(printable(str(name), 60) for name in stages) or "it has none"
        raise InputError(
            f"{printable(path)}: has no stage {printable(stage) or 'without a name'}",
            hint=f"name the stage that made the model, as in dvc:train: {known}",
        )
    made = {
        _path(out, path): f"{lock}:{name}"
        for name, other in stages.items()
        for out in _entries(_mapping(other, path, name), "outs", path, name)
    }
    read = _mapping(stages[stage], path, stage)
    datasets = [
        _dataset(entry, path, folder, made.get(_path(entry, path), "")) | {"context": stage}
        for entry in _entries(read, "deps", path, stage)
        if not _path(entry, path).lower().endswith(_PROGRAMS)
    ]
    return {"datasets": datasets, "run": {"parameters": dict(_parameters(read, path, stage))}}


def outputs(value: Any, stage: str, path: str, folder: str) -> list[tuple[str, str]]:
    """The path, relative to the release record, and the digest of each output of a stage that `stage_facts` has read."""
    outs = list(_entries(value["stages"][stage], "outs", path, stage))
    return [(_lies(_path(out, path), folder), str(out.get("md5", ""))) for out in outs]


def tracked_facts(value: Any, path: str, folder: str) -> dict[str, Any]:
    """The data that a file `*.dvc` stands for; for what they are used, it does not say. Raises InputError where it is no such file."""
    whole = _mapping(value, path, "")
    outs = list(_entries(whole, "outs", path, ""))
    if not outs:
        raise InputError(f"{printable(path)}: stands for no data (outs)", hint=_SHAPE)
    origin = next((_origin(entry, path) for entry in _entries(whole, "deps", path, "")), "")
    return {"datasets": [_dataset(out, path, folder, origin) for out in outs]}


def _dataset(entry: Mapping[str, Any], path: str, folder: str, origin: str) -> Dataset:
    written = _path(entry, path)
    name = _lies(written, folder)
    dataset: Dataset = {"name": name, "source": origin or name, "source_type": "dvc"}
    if "md5" in entry:
        digest = entry["md5"]
        if not isinstance(digest, str) or not _MD5.fullmatch(digest):
            raise InputError(f"{printable(path)}: the md5 of {printable(written)} is none", hint=_SHAPE)
        dataset["digest"] = f"{'md5' if entry.get('hash') == 'md5' else 'md5-dos2unix'}:{digest}"
    return dataset


def _lies(written: str, folder: str) -> str:
    return written if "://" in written else posixpath.normpath(posixpath.join(folder, written))


def _origin(entry: Mapping[str, Any], path: str) -> str:
    """Where imported data come from: another repository, at a commit, or an address."""
    repository, written = entry.get("repo"), _path(entry, path)
    if not isinstance(repository, dict):
        return written
    address, commit = repository.get("url"), repository.get("rev_lock")
    at = f"@{commit}" if isinstance(commit, str) else ""
    return f"{public(address) if isinstance(address, str) else ''}{at}:{written}"


def _parameters(stage: Mapping[str, Any], path: str, name: str) -> Iterator[tuple[str, str]]:
    """Those of `params.yaml` by their own names, others as DVC names them: "other.yaml:key"."""
    for file, values in _mapping(stage.get("params", {}), path, f"{name}.params").items():
        for key, value in _mapping(values, path, f"{name}.params.{file}").items():
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield (key if file == "params.yaml" else f"{file}:{key}"), text


def _path(entry: Mapping[str, Any], path: str) -> str:
    written = entry.get("path")
    if not isinstance(written, str) or not written:
        raise InputError(f"{printable(path)}: an entry has no path", hint=_SHAPE)
    return written


def _entries(of: Mapping[str, Any], key: str, path: str, where: str) -> Iterator[Mapping[str, Any]]:
    entries = of.get(key, [])
    if not isinstance(entries, list):
        raise InputError(f"{printable(path)}: {printable(f'{where}.{key}'.strip('.'))} is no list", hint=_SHAPE)
    for index, entry in enumerate(entries):
        yield _mapping(entry, path, f"{where}.{key}[{index}]".strip("."))


def _mapping(value: Any, path: str, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{printable(path)}: {printable(str(where)) or 'the file'} is no mapping", hint=_SHAPE)
    return value
