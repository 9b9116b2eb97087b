"""`dvc:` among the sources of a release record: the stage that made the model, or a file that stands for data.

    dvc:train                    the stage `train` of dvc.lock, beside the record
    dvc:wine/dvc.lock:train      of another dvc.lock
    dvc:data/wine.csv.dvc        data that DVC tracks

Facts written: `datasets`, and, of a stage, `run.parameters`. DVC's own program is not run.

What dvc.lock says is of the last time that the stage ran, which need not have made this version. Only where an output of the stage lies
there as recorded, and is one of the version's files, is the stage known to have made it; else there is a gap over what it tells.
"""

from __future__ import annotations

import json
import os
import posixpath
from dataclasses import replace
from typing import Any, Final

from policyctl.collectors.dvc.digests import file_digest, folder_digest, listing_of
from policyctl.collectors.dvc.recorded import outputs, stage_facts, tracked_facts
from policyctl.collectors.limits import Limits
from policyctl.collectors.reading import read_text, within
from policyctl.collectors.release import beside
from policyctl.collectors.yaml_scalars import CORE
from policyctl.collectors.yaml_values import parse_yaml
from policyctl.model.content import Beside
from policyctl.model.document import Input
from policyctl.model.errors import InputError
from policyctl.model.gathered import Gathered, Stamp
from policyctl.model.printable import printable

SCHEME: Final = "dvc"
LOCK: Final = "dvc.lock"
_FACTS: Final = ("datasets", "run.parameters")


class Dvc:
    """`dvc:STAGE`, `dvc:LOCK:STAGE` and `dvc:FILE.dvc`."""

    def collect(self, text: str, record: Beside) -> Input:
        """What the file records, under paths relative to the release record."""
        name, colon, stage = text.rpartition(":")  # a stage's name holds no colon
        if text.endswith(".dvc"):
            name = text
        elif not colon:
            name = LOCK
        path = os.path.normpath(os.path.join(record.shown, name))
        try:
            model = _tracked(name, path, record) if name.endswith(".dvc") else _stage(name, stage, path, record)
        except ValueError as error:
            return Input(path, "error", "model", f"{SCHEME}:{printable(text)}: {error}", "keep it beside the record")
        except InputError as error:
            return Input(path, "error", "model", error.message, error.hint)
        return Input(path, "decided", "model", subjects=(replace(model.collected(path, path, None), partial=True),))


def _tracked(name: str, path: str, record: Beside) -> Gathered:
    value, sha256, doubts = _read(name, path, record)
    return _gathered(path, sha256, tracked_facts(value, path, posixpath.dirname(name)), doubts)


def _stage(name: str, stage: str, path: str, record: Beside) -> Gathered:
    value, sha256, doubts = _read(name, path, record)
    folder = posixpath.dirname(name)
    gathered = _gathered(path, sha256, stage_facts(value, stage, path, name, folder), doubts)
    if not any(_is_of_the_version(out, digest, record) for out, digest in outputs(value, stage, path, folder)):
        reason = (
            f"{path}: no output of the stage {stage} lies there as recorded and is one of the version's files "
            "that the sources named before tell of: it may have made another model"
        )
        gathered.gap("unbound_stage", reason, _FACTS, path)
    return gathered


def _read(name: str, path: str, record: Beside) -> tuple[Any, str, list[str]]:
    """What one file holds, its SHA-256, and where YAML readers disagree about it. Raises ValueError where it lies elsewhere."""
    text, sha256, size = read_text(path, file=_file(name, record))
    within(size, Limits.YAML_BYTES, path)
    parsed = parse_yaml(text, path, CORE)
    return (parsed.values[0] if len(parsed.values) == 1 else None), sha256, [reason for _, _, reason in parsed.doubts]


def _gathered(path: str, sha256: str, facts: dict[str, Any], doubts: list[str]) -> Gathered:
    gathered = Gathered({"id": path})
    gathered.add(path, Stamp(sha256), facts)
    for doubt in doubts:
        gathered.gap("ambiguous_yaml", f"{path}: {doubt}", _FACTS, path)
    return gathered


def _file(name: str, record: Beside) -> str:
    return beside(name, os.path.join(record.folder, "record"))


def _is_of_the_version(out: str, digest: str, record: Beside) -> bool:
    """Whether an output of a stage lies there with the recorded digest, and is one of the version's files, or a folder that has one."""
    try:
        path = _file(out, record)
        if not os.path.isdir(path):
            return file_digest(path) == digest and file_digest(path, "sha256") in record.files
        listing = listing_of(path)
        files = (os.path.join(path, file["relpath"]) for file in json.loads(listing))
        return folder_digest(listing) == digest and any(file_digest(file, "sha256") in record.files for file in files)
    except (OSError, ValueError, InputError):
        return False
