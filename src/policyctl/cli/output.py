"""Results to standard output; a small table or JSON."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from typing import Any

from policyctl.model.errors import UsageError
from policyctl.model.printable import printable, quiet_json


def emit(text: str) -> None:
    """Writes a result to standard output."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def emit_json(value: Any) -> None:
    """Writes a value as indented JSON."""
    emit(quiet_json(json.dumps(value, indent=2, ensure_ascii=False)))


def as_json_line(value: Any) -> str:
    """A value as JSON on one line."""
    return quiet_json(json.dumps(value, ensure_ascii=False))


def width() -> int:
    """Columns of the terminal; 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


def coloured() -> bool:
    """Whether standard output is a terminal that shows colours."""
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def one_of(value: str, *known: str) -> str:
    """A value among those known. Raises UsageError otherwise."""
    if value not in known:
        raise UsageError(f"no output {value!r}", hint=f"one of {', '.join(known)}")
    return value


def emit_rows(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Writes aligned columns; on a terminal, lines that are too long for it are cut."""
    shown = [[printable(cell) for cell in row] for row in rows]
    limit = width() if sys.stdout.isatty() else sys.maxsize
    widths = [max(map(len, column)) for column in zip(header, *shown, strict=True)]
    for row in (header, *shown):
        line = "  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip()
        emit(line if len(line) <= limit else line[: limit - 1] + "…")


def emit_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Writes comma-separated values (RFC 4180)."""
    import csv

    csv.writer(sys.stdout, lineterminator="\n").writerows([header, *rows])


def emit_markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Writes a Markdown table."""
    for row in (header, ["---"] * len(header), *rows):
        emit("| " + " | ".join(printable(cell).replace("|", "\\|") for cell in row) + " |")
