"""Release records: what people state of one version of a model, and which sources tell the rest.

    policyctl: release
    id: wine-1
    system: wine-sorting
    model: mlflow:wine/1
    intended_use: Sorts wines by cultivar for the bottling line; a person looks at each batch.

The keys are those of `policyctl.model.facts.release`, and no others. Facts written: `release`, and `data_files`: the digests of the
datasets that the record says where to find.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policyctl.collectors.dvc.digests import folder_digest, listing_of
from policyctl.collectors.records.shape import reader_of
from policyctl.collectors.written_values import MARK, Wrong, marked, place
from policyctl.model.content import Content
from policyctl.model.document import Collected, Gap, Input, Kind, Location, Path, Source
from policyctl.model.errors import InputError
from policyctl.model.facts.model import DataFile
from policyctl.model.facts.release import ReleaseRecord
from policyctl.model.printable import printable


class ReleaseCollector:
    """Reads release records, each about one version of a model."""

    kind: Kind = "model"

    def recognises(self, content: Content) -> bool:
        """Told by the mark."""
        return marked(content, "release")

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """One record a content; an error where it is none, or is misspelt."""
        for content in contents:
            try:
                yield Input(content.path, "decided", self.kind, subjects=(self._collected(content),))
            except InputError as error:
                yield Input(content.path, "error", self.kind, error.message, error.hint)

    def _collected(self, content: Content) -> Collected:
        if len(content.values) != 1 or not self.recognises(content):
            raise InputError(
                f"{printable(content.path)}: is no release record",
                hint=f"one YAML mapping is expected, with the line: {MARK}: release",
            )
        written = {key: value for key, value in content.values[0].items() if key != MARK}
        try:
            record = reader_of(ReleaseRecord, content.file or content.path)(written, ())
            gaps: list[Gap] = []
            files = _data_files(record, content, gaps)
        except Wrong as wrong:
            raise InputError(
                f"{place(content, wrong)}: {wrong}",
                hint="policyctl gather --schema model prints every key, under release",
            ) from wrong
        sources = record.pop("sources", [record["model"]])

        def locate(_resource: str, path: Path) -> Location | None:
            if path[:1] == ("data_files",) and len(path) > 1 and isinstance(path[1], int):
                return Location(
                    os.path.normpath(os.path.join(os.path.dirname(content.path), files[path[1]][0]["path"]))
                )
            if path[:1] != ("release",):
                return None
            line = content.line_of(0, path[1:])
            return Location(content.path, line) if line else None

        stated = Source(
            path=content.path, sha256=content.sha256, facts=[f"release.{key}" for key in record], attested=True
        )
        return Collected(
            kind=self.kind,
            subject={"id": record["model"], "path": content.path},
            facts={
                "id": record["model"],
                "aliases": [],
                "tags": {},
                "evaluations": [],
                "data_checks": [],
                "conflicts": [],
                "release": record,
            }
            | ({"data_files": [file for file, _ in files]} if files else {}),
            sources=(stated, *(source for _, source in files if source)),
            gaps=tuple(
                Gap(
                    code="ambiguous_yaml",
                    reason=reason,
                    paths=[["facts", "release", *map(str, path[:1])]],
                    at=["release", *path],
                )
                for _, path, reason in content.doubts
            )
            + tuple(gaps),
            locate=locate,
            system_id=record["system"],
            more=tuple(sources),
        )


def beside(name: str, record: str) -> str:
    """The path of what a record names, the record being at the path `record`. Raises ValueError where it does not lie beside or below it,
    by whatever links lead there.
    """
    folder = os.path.dirname(record) or "."
    path, root = os.path.join(folder, name), os.path.realpath(folder)
    if os.path.isabs(name) or os.path.commonpath([root, os.path.realpath(path)]) != root:
        raise ValueError(f"{printable(name)} does not lie beside the record, or below it")
    return os.path.normpath(path)


def _data_files(record: Mapping[str, Any], content: Content, gaps: list[Gap]) -> list[tuple[DataFile, Source | None]]:
    """The datasets that lie where the record says, as they are now. One that is not there has no digest; a folder of which DVC's cannot be
    told is a gap.
    """
    found: list[tuple[DataFile, Source | None]] = []
    for index, dataset in enumerate(record.get("datasets", [])):
        if "file" not in dataset:
            continue
        try:
            file = beside(dataset["file"], content.file or content.path)
        except ValueError as error:
            raise Wrong(str(error), "datasets", index, "file") from error
        told: DataFile = {"name": dataset["name"], "path": dataset["file"]}
        source: Source | None = None
        try:
            sha256 = _add_folder(told, file) if os.path.isdir(file) else _add_file(told, file)
            source = Source(path=beside(dataset["file"], content.path), sha256=sha256, facts=[])
        except InputError as error:
            reason = (
                f"{printable(dataset['file'])}: what DVC's digest of this folder is cannot be told: {error.message}"
            )
            gaps.append(Gap(code="unreadable_source", reason=reason, paths=[["facts", "data_files"]]))
        except OSError:
            pass
        found.append((told, source))
    if found and (first := next((source for _, source in found if source), None)):
        first["facts"] = ["data_files"]
    return found


def _add_file(told: DataFile, file: str) -> str:
    """The digests and size of a file; gives its SHA-256."""
    with open(file, "rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        told["md5"] = hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
        told["sha256"], told["size"] = sha256, stream.tell()
    return sha256


def _add_folder(told: DataFile, folder: str) -> str:
    """DVC's digest of a folder; gives the SHA-256 of the listing that it is of."""
    listing = listing_of(folder)
    told["md5"] = folder_digest(listing)
    return hashlib.sha256(listing).hexdigest()
