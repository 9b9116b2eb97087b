"""Events out of what is sent or written: bodies of OPA's decision log API, and files of its console's lines or of such bodies."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

from policyctl.collectors.json_values import parse_json
from policyctl.model.errors import InputError, UsageError

MOST_BYTES = 64 * 1024 * 1024
"""Of a body or an array of events once it is unpacked: OPA packs at most 32 KiB unless it is told otherwise."""
_MOST_EVENTS = 20_000
_LONGEST_LINE = 8 * 1024 * 1024
_SPACE = re.compile(r"[ \t\r\n]*")
_MAGIC = b"\x1f\x8b"
_TYPE = "openpolicyagent.org/decision_logs"


def events_of(body: bytes, encoding: str) -> list[Any]:
    """The events of a body. `encoding` is that of its HTTP header: "gzip", "identity" or empty.

    Raises InputError for what is no list of JSON values, and for what is too large, before it is unpacked whole.
    """
    if encoding not in ("gzip", "identity", ""):
        raise InputError(f"the encoding {encoding[:40]!r} is not known", hint="send gzip, or nothing")
    return _listed(_unpacked(body) if encoding == "gzip" else body, "the body")


def events_in(file: Path) -> Iterator[Any]:
    """The events of a file, packed or not: an array, or a line each. OPA's other lines are passed over. An InputError stands in the place
    of what cannot be read.

    Raises UsageError where the file cannot be opened.
    """
    try:
        stream = file.open("rb")
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be read: {error.strerror}", hint="name a file of OPA's decision log"
        ) from error
    with stream:
        reading = gzip.GzipFile(fileobj=stream) if stream.peek(2)[:2] == _MAGIC else stream
        try:
            if reading.peek(64).lstrip()[:1] == b"[":
                yield from _listed(reading.read(MOST_BYTES + 1), str(file))
            else:
                yield from _lines(reading, file)
        except InputError as error:
            yield error
        except (OSError, EOFError, zlib.error) as error:
            yield InputError(f"{file}: cannot be read to its end: {error}", hint="is it whole?")


def _lines(stream: gzip.GzipFile | BufferedReader, file: Path) -> Iterator[Any]:
    number = 0
    while line := stream.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE:
            raise InputError(
                f"{file}:{number}: the line is too long, and the rest is not read", hint="one event a line"
            )
        if not line.strip():
            continue
        try:
            value = parse_json(line.decode(), f"{file}:{number}")
        except (UnicodeDecodeError, InputError):
            yield InputError(f"{file}:{number}: not JSON", hint="one event a line")
        else:
            if not _is_other(value):
                yield value


def _is_other(value: Any) -> bool:
    """Whether it is one of the lines that OPA logs about itself."""
    return isinstance(value, dict) and "decision_id" not in value and "level" in value and value.get("type") != _TYPE


def _unpacked(body: bytes) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        text = unpacking.decompress(body, MOST_BYTES + 1)
    except zlib.error as error:
        raise InputError("the body is no gzip", hint="send what its Content-Encoding says") from error
    _require_small(text)
    if not unpacking.eof or unpacking.unused_data:
        raise InputError("the body is not one whole gzip", hint="send all of it, and nothing after it")
    return text


def _listed(body: bytes, name: str) -> list[Any]:
    _require_small(body)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8", hint="send a JSON array of events") from error
    try:
        value = parse_json(text, name)
    except InputError:
        value = list(_one_by_one(text, name))
    if not isinstance(value, list):
        raise InputError(f"{name} is no list of events", hint="send a JSON array of events")
    if len(value) > _MOST_EVENTS:
        raise InputError(f"{name} holds more than {_MOST_EVENTS} events", hint="send smaller batches")
    return value


def _one_by_one(text: str, name: str) -> Iterator[Any]:
    """The events of an array in which one cannot be read: it shall not keep the others from being recorded."""
    decoder, wrong = json.JSONDecoder(), InputError(f"{name} is no JSON array", hint="send a JSON array of events")
    at, number = _after(text, 0, "[", wrong), 0
    while at < len(text):
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise wrong from error
        try:
            yield parse_json(text[at:end], f"event {number} of {name}")
        except InputError as error:
            yield error
        number += 1
        closing = _SPACE.match(text, end)
        end = closing.end() if closing else end
        if text[end : end + 1] == "]":
            if text[end + 1 :].strip(" \t\r\n"):
                raise wrong
            return
        at = _after(text, end, ",", wrong)
    raise wrong


def _after(text: str, at: int, sign: str, wrong: InputError) -> int:
    """Where the next value begins, behind a sign."""
    found = re.compile(rf"[ \t\r\n]*{re.escape(sign)}[ \t\r\n]*").match(text, at)
    if not found:
        raise wrong
    return found.end()


def _require_small(text: bytes) -> None:
    if len(text) > MOST_BYTES:
        raise InputError(f"more than {MOST_BYTES // 1024 // 1024} MiB are not unpacked", hint="send smaller batches")
