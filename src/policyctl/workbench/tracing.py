"""What OPA saw while it evaluated one control: by line of its rules, how often an expression held, and the values of variables."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policyctl.bundles.build import Bundle
from policyctl.bundles.parts import part
from policyctl.model.catalog import Control
from policyctl.model.errors import EngineError

LARGEST = 200_000
"""Bytes of a document: the trace of a larger one is many times that, and nobody reads it."""
_PATIENCE = 60


@dataclass(slots=True)
class Line:
    """By column, how often the expression that begins there was asked, and how often it held; the values of variables named here."""

    counts: dict[int, tuple[int, int]] = field(default_factory=dict)
    values: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """How often the line was reached."""
        return max((asked for asked, _ in self.counts.values()), default=0)

    @property
    def held(self) -> int:
        """How often all of it held."""
        return min((held for _, held in self.counts.values()), default=0)


def trace(opa: str, bundle: Bundle, control: Control, document: Mapping[str, Any]) -> dict[int, Line]:
    """By line of the control's own file. Raises EngineError where OPA cannot evaluate it."""
    package = f"data.policyctl.controls.{control['family']}.{control['name']}"
    query = "; ".join(
        f"{word} := {{x | some x in {package}.{word}}}" for word in ("resources", "findings", "undetermined")
    )
    with tempfile.TemporaryDirectory(prefix="policyctl-") as folder:
        archive, asked = Path(folder, "bundle.tar.gz"), Path(folder, "input.json")
        archive.write_bytes(part(bundle, [control["id"]]))
        asked.write_text(json.dumps(document))
        command = [opa, "eval", "--bundle", str(archive), "--input", str(asked)]
        try:
            done = subprocess.run(
                [*command, "--explain", "full", "--format", "json", query],
                capture_output=True,
                text=True,
                timeout=_PATIENCE,
                check=False,
            )
            events = json.loads(done.stdout)["explanation"]
        except (OSError, subprocess.TimeoutExpired, ValueError, KeyError) as error:
            raise EngineError(
                f"{opa} could not explain {control['id']}: {error}", hint="see policyctl doctor"
            ) from error
    return _lines(events, f"policyctl/controls/{control['family']}/{control['name']}/{control['name']}.rego")


def _lines(events: list[dict[str, Any]], file: str) -> dict[int, Line]:
    own = [event for event in events if (event["Location"] or {}).get("file", "").endswith(file)]
    negated = {_place(event) for event in own if _expression(event).get("negated")}
    found: dict[int, Line] = {}
    for event in own:
        place = _place(event)
        line = found.setdefault(place[0], Line())
        # What stands behind `not` is asked in a query of its own, at the same place.
        change = {"Eval": 1, "Fail": -1}.get(event["Op"], 0)
        if change and _expression(event).get("negated", False) == (place in negated):
            asked, held = line.counts.get(place[1], (0, 0))
            line.counts[place[1]] = (asked + (change == 1), held + change)
        for row, name, value in _named(event):
            values = found.setdefault(row, Line()).values.setdefault(name, [])
            if value not in values:
                values.append(value)
    return {row: line for row, line in sorted(found.items()) if line.asked or line.values}


def _place(event: Mapping[str, Any]) -> tuple[int, int]:
    return event["Location"]["row"], event["Location"]["col"]


def _expression(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """The expression that an event is about; those of rules and queries are about none, those that OPA made count for nothing."""
    node = event["Node"]
    return node if isinstance(node, dict) and "terms" in node else {}


def _named(event: Mapping[str, Any]) -> Iterator[tuple[int, str, Any]]:
    """Each variable that people have named, with the line where they did, and its value now."""
    metadata = event["LocalMetadata"] or {}
    for local in event["Locals"] or ():
        told = metadata.get(local["name"]) or {}
        if told.get("location") and not told["name"].startswith("__"):
            yield told["location"]["row"], told["name"], _plain(local)


def _plain(term: Any) -> Any:
    """A value as OPA's syntax tree has it, in JSON. A set is a list."""
    kind, value = term["type"], term.get("value")
    if kind == "object":
        return {str(_plain(key)): _plain(member) for key, member in value}
    if kind in ("array", "set"):
        return [_plain(member) for member in value]
    return value
