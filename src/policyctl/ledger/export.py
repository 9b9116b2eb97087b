"""A ledger as JSON lines, and that read back so that it can be verified like the ledger itself.

First {"type": "policyctl.export", "v", "origin", "streams", "blobs": whether they are in it}; then a line an entry,
{"header", "hash", "body"} (or "body_base64"; neither when erased); then, if asked for, {"blob", "content_base64"};
last {"end": the number of lines before}.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from policyctl.ledger.interface import Record, Records
from policyctl.ledger.verify_proof import HEADER, NotProvenError, body_of, shaped
from policyctl.model.errors import InputError, LedgerError


def export(ledger: Records, *, blobs: bool = False) -> Iterator[bytes]:
    """The lines, each with its newline, as they are read: a ledger of any size needs no memory.

    Raises LedgerError at a row that JSON cannot hold or that cannot be read; such a ledger was tampered with.
    """
    count = 0
    with ledger.snapshot():
        streams = list(ledger.streams())
        yield _line({"type": "policyctl.export", "v": 1, "origin": ledger.origin, "streams": streams, "blobs": blobs})
        for stream in streams:
            for record in ledger.records(stream):
                count += 1
                yield _line(_entry(record))
        if blobs:
            for digest, content in ledger.blobs():
                if content is None:
                    raise LedgerError(f"blob {digest} was changed", hint="`policyctl ledger verify` says what else was")
                count += 1
                yield _line({"blob": digest, "content_base64": base64.b64encode(content).decode()})
    yield _line({"end": count + 1})


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _entry(record: Record) -> dict[str, Any]:
    header, stored, body = dict(zip(HEADER, record[:8], strict=True)), record[8], record[9]
    try:
        shaped(header, HEADER, "the header")
    except NotProvenError as error:
        raise LedgerError(f"entry {record[2]} was changed: {error}", hint="run `policyctl ledger verify`") from error
    if body is None:
        return {"header": header, "hash": str(stored)}
    if not isinstance(body, bytes):
        raise LedgerError(f"the body of entry {record[2]} was changed", hint="run `policyctl ledger verify`")
    try:
        return {"header": header, "hash": str(stored), "body": body.decode()}
    except UnicodeDecodeError:
        return {"header": header, "hash": str(stored), "body_base64": base64.b64encode(body).decode()}


class ExportFile:
    """An export on disk as `Records`, so that `verify` reads it like a ledger."""

    def __init__(self, path: Path) -> None:
        """InputError if the file is not an export."""
        self.path = path
        first = next(self._lines(), {})
        if (first.get("type"), first.get("v")) != ("policyctl.export", 1):
            raise InputError(f"{path} is not a ledger's export", hint="give a file made by `policyctl ledger export`")
        self.origin = str(first.get("origin"))
        self.has_blobs = first.get("blobs") is True
        self._streams = [stream for stream in first.get("streams", []) if type(stream) is int]

    def _lines(self) -> Iterator[dict[str, Any]]:
        try:
            with self.path.open("rb") as file:
                for number, text in enumerate(file, start=1):
                    try:
                        line = json.loads(text)
                    except (ValueError, RecursionError) as error:
                        raise LedgerError(f"{self.path}:{number}: this is not JSON", hint="export it again") from error
                    if not isinstance(line, dict):
                        raise LedgerError(f"{self.path}:{number}: this is not an object", hint="export it again")
                    yield line
        except OSError as error:
            raise InputError(f"{self.path} cannot be read ({error.strerror})", hint="check the path") from error

    def snapshot(self) -> AbstractContextManager[None]:
        return nullcontext()

    def streams(self) -> Sequence[int]:
        return self._streams

    def records(
        self, stream: int, first: int | None = None, last: int | None = None, *, bodies: bool = True
    ) -> Iterator[Record]:
        for line in self._lines():
            if "header" not in line:
                continue
            try:
                header = shaped(line["header"], HEADER, "the header")
                body = body_of(line) if bodies else None
            except (NotProvenError, ValueError) as error:
                raise LedgerError(f"{self.path}: an entry cannot be read: {error}", hint="export it again") from error
            if header["stream"] == stream and (first or header["seq"]) <= header["seq"] <= (last or header["seq"]):
                v, own, seq, id, time, kind, body_sha256, prev = (header[name] for name in HEADER)
                yield v, own, seq, id, time, kind, body_sha256, prev, str(line.get("hash")), body

    def blobs(self) -> Iterator[tuple[str, bytes | None]]:
        for line in self._lines():
            if "blob" in line:
                try:
                    content = base64.b64decode(str(line.get("content_base64")), validate=True)
                except ValueError:
                    yield str(line["blob"]), None
                else:
                    yield str(line["blob"]), content

    def positions(self, stream: int, hashes: Sequence[str]) -> dict[str, int]:
        wanted = set(hashes)
        return (
            {record[8]: record[2] for record in self.records(stream, bodies=False) if record[8] in wanted}
            if wanted
            else {}
        )

    def flaws(self) -> list[str]:
        count, end = 0, None
        for line in self._lines():
            count, end = count + 1, line.get("end")
        return [] if end == count - 1 else ["the export does not end where it should: lines are missing or were added"]
