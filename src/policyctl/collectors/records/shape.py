"""Reads a record by the type of its facts: each key by its annotation, strictly."""

from __future__ import annotations

import os
from typing import Annotated, Any, Final, Literal, NotRequired, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from policyctl.collectors.evidence import compared, read_evidence
from policyctl.collectors.written_values import (
    Reader,
    amount,
    boolean,
    day,
    dotted,
    identifier,
    list_of,
    mapping,
    one_of,
    sha256,
    text,
    whole_number,
)
from policyctl.model.attestation import Evidence
from policyctl.model.document import Path

_MARKED: Final[dict[str, Reader]] = {"amount": amount, "day": day, "identifier": identifier, "sha256": sha256}
_PLAIN: Final[dict[type, Reader]] = {str: text, bool: boolean, int: whole_number}


def reader_of(hint: Any, file: str) -> Reader:
    """What reads values of a type: text, a day, id, amount or digest of `model.facts.record`, true or false, a whole number, one of several
    words, a list or mapping of these, or evidence, whose files are looked for from the folder of `file`.
    """
    if hint is Evidence:
        return _evidence(os.path.dirname(file))
    if is_typeddict(hint):
        return _mapping(hint, file)
    arguments: tuple[Any, ...] = get_args(hint)
    origin: Any = get_origin(hint)
    if origin is Annotated:
        return _MARKED[arguments[1]]
    if origin is Literal:
        return one_of(*arguments)
    if origin is list:
        return list_of(reader_of(arguments[0], file))
    return _PLAIN[hint]


def _mapping(hint: Any, file: str) -> Reader:
    hints = get_type_hints(hint, include_extras=True)
    absent: Any = NotRequired
    optional = {name: get_args(inner)[0] for name, inner in hints.items() if get_origin(inner) is absent}
    readers = {name: reader_of(optional.get(name, inner), file) for name, inner in hints.items()}
    required = [name for name in hints if name not in optional]

    def read(value: Any, path: Path) -> dict[str, Any]:
        return mapping(value, path, readers, required, dotted(path) or "the record")

    return read


def _evidence(folder: str) -> Reader:
    def read(value: Any, path: Path) -> Evidence:
        return compared(read_evidence(value, path), folder, path)

    return read
