"""A model that lies in a folder: its files with their digests, its card, and the description that MLflow writes beside it.

Facts written: `artefact`, `card`, `signature`, `requirements`. Folders named `.git` and `.cache`, which downloads leave behind, are not of
the model.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from policyctl.collectors.artefact_digests import MOST_FILES, digest_of
from policyctl.collectors.limits import in_mebibytes
from policyctl.collectors.mlflow.mlmodel import DESCRIPTION, add_signature
from policyctl.collectors.python_requirements import REQUIREMENTS, add_requirements
from policyctl.collectors.registries.cards import CARD_BYTES, add_card, card_among
from policyctl.model.document import Input
from policyctl.model.errors import InputError
from policyctl.model.facts.model import ArtefactFile
from policyctl.model.gathered import Gathered, Stamp
from policyctl.model.printable import printable

_NOT_ENTERED: Final = {".git", ".cache"}


def read_folder(path: str, lies: str) -> Input:
    """The files below a folder, called `path`, that is at `lies`: what they tell of the model that a record is about.

    Of status "error" where one cannot be read.
    """
    name = printable(path)
    try:
        files = [_file(lies, relative) for relative in sorted(_files(lies))]
        if not files:
            return Input(
                path, "error", "model", f"{name}: holds no file", "name the folder that the model's files are in"
            )
        gathered = Gathered({"id": path})
        digest = digest_of(files)
        gathered.add(
            path,
            Stamp(digest),
            {"artefact": {"files": files, "sha256": digest}},
            looked=("card", "requirements", "signature"),
        )
        paths = {file["path"] for file in files}
        if DESCRIPTION in paths:
            add_signature(gathered, _content(lies, DESCRIPTION), f"{path}/{DESCRIPTION}")
        if REQUIREMENTS in paths:
            add_requirements(gathered, _content(lies, REQUIREMENTS), f"{path}/{REQUIREMENTS}")
        card = card_among(paths)
        own = add_card(gathered, _content(lies, card), card, f"{path}/{card}", in_artefact=True) if card else None
    except (OSError, InputError) as error:
        return Input(path, "error", "model", f"{name}: {error}", "look at the folder and its permissions")
    model = replace(gathered.collected(path, path, None), partial=True)
    return Input(path, "decided", "model", subjects=(model, *([own] if own else [])))


def _files(path: str) -> Iterator[str]:
    count = 0
    for folder, below, names in os.walk(path):
        below[:] = [name for name in below if name not in _NOT_ENTERED]
        for name in names:
            count += 1
            if count > MOST_FILES:
                raise InputError(f"more than {MOST_FILES} files")
            yield os.path.relpath(os.path.join(folder, name), path).replace(os.sep, "/")


def _file(folder: str, path: str) -> ArtefactFile:
    # Without O_NONBLOCK, opening a named pipe waits for ever.
    descriptor = os.open(os.path.join(folder, path), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        return {"path": path, "size": stream.tell(), "sha256": sha256}


def _content(folder: str, path: str) -> bytes:
    with open(os.path.join(folder, path), "rb") as stream:
        content = stream.read(CARD_BYTES + 1)
    if len(content) > CARD_BYTES:
        raise InputError(f"{path}: larger than {in_mebibytes(CARD_BYTES)}")
    return content
