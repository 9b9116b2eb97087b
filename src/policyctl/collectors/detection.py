"""Tells what a found file is from what is in it, and what becomes of the files that nobody understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import BinaryIO

from policyctl.collectors.attestations import holds_attestations
from policyctl.collectors.discovery import Found
from policyctl.collectors.reading import read
from policyctl.collectors.waivers import describes_waivers
from policyctl.collectors.written_values import MARK
from policyctl.model.content import Collector, Content
from policyctl.model.document import Input
from policyctl.model.errors import InputError
from policyctl.model.printable import printable


@dataclass(frozen=True, slots=True)
class Identified:
    """A content and the collector that reads it."""

    content: Content
    collector: Collector


def detect(content: Content, collectors: Sequence[Collector], forced_kind: str | None = None) -> Collector | None:
    """The first collector that recognises `content`; that of `forced_kind` if given. None: nobody understands it."""
    if forced_kind is not None:
        return next((c for c in collectors if c.kind == forced_kind), None)
    return next((c for c in collectors if c.recognises(content)), None)


def identify(
    found: Found,
    collectors: Sequence[Collector],
    forced_kind: str | None = None,
    *,
    stdin: BinaryIO | None = None,
) -> Identified | Input:
    """Reads `found` and says whose it is. `forced_kind` holds for named files only.

    What cannot be read is an `Input` of status "error", wherever it was found: it may be a broken manifest. What nobody
    understands is an error if the user named it, else "skipped"; so are attestations and a list of waivers, which are no
    subjects themselves. A file that says of itself what it is, and misspells that, is an error wherever it lies.
    """
    try:
        content = read(found.path, file=found.file, stdin=stdin)
    except InputError as error:
        return Input(found.path, "error", message=error.message, hint=error.hint)
    collector = detect(content, collectors, forced_kind if found.named else None)
    if collector is not None:
        return Identified(content, collector)
    if holds_attestations(content):
        return _attestations(found)
    if describes_waivers(content):
        return Input(
            found.path, "skipped", "waivers", message="lists waivers: what has effect is listed in the configuration"
        )
    if misnamed := _misnamed(content, collectors):
        return misnamed
    if not found.named:
        return Input(found.path, "skipped", message="not of a kind that is looked at")
    return _not_understood(content, collectors)


def _misnamed(content: Content, collectors: Sequence[Collector]) -> Input | None:
    """An error where a value says `policyctl: …` with a word that names nothing."""
    for index, value in enumerate(content.values):
        if isinstance(value, dict) and not isinstance(value.get(MARK, {}), dict):
            word, known = value[MARK], [collector.kind for collector in collectors]
            near = get_close_matches(str(word), [*known, "attestations", "waivers"], 1)
            line = content.line_of(index, (MARK,))
            place = printable(content.path) + (f":{line}" if line else "")
            return Input(
                content.path,
                "error",
                message=f"{place}: {MARK}: {printable(str(word), 60)} names no kind of file",
                hint=f"did you mean {near[0]}?" if near else "docs/records.md and docs/configuration.md show the kinds",
            )
    return None


def _attestations(found: Found) -> Input:
    message = "holds attestations, which are no subject: they count where policyctl.yaml lists them"
    if not found.named:
        return Input(found.path, "skipped", message=message)
    hint = "list it under attestations in policyctl.yaml, and name the system.yaml that it is about"
    return Input(found.path, "error", message=f"{printable(found.path)}: {message}", hint=hint)


def _not_understood(content: Content, collectors: Sequence[Collector]) -> Input:
    kinds = ", ".join(collector.kind for collector in collectors)
    nothing = content.syntax in ("json", "yaml") and not content.values
    what = "holds no values" if nothing else f"this {_NAMES[content.syntax]} is of no kind that is understood"
    hint = f"understood are: {kinds}; --kind says which it is"
    if "Terraform will perform the following actions" in content.text[:200_000]:
        hint = "this is a plan as text: run terraform show -json PLANFILE > plan.json, and name plan.json"
    return Input(content.path, "error", message=f"{printable(content.path)}: {what}", hint=hint)


_NAMES = {"json": "JSON", "yaml": "YAML", "markdown": "Markdown", "text": "text"}
