"""Attestations: a YAML mapping that names itself with `policyctl: attestations`.

    policyctl: attestations
    attestations:
      - control: OVS-001
        systems: [credit-scoring]
        conclusion: met
        statement: Two clerks of each shift are assigned, trained on 3 September, and may stop the system.
        by: {name: Maria Keller, role: Head of Retail Risk}
        first_day: 2026-09-15
        last_day: 2027-09-14
        evidence:
          - {title: Assignment of oversight, file: evidence/assignment.md, sha256: 0f3c…}

What people write is held against this shape; whether an attestation counts (who, how long, with what evidence) is policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast, get_args

from policyctl.collectors.evidence import compared, read_evidence
from policyctl.collectors.written_values import (
    MARK,
    Reader,
    Wrong,
    day,
    identifier,
    list_of,
    mapping,
    marked,
    one_of,
    place,
    text,
)
from policyctl.model.attestation import Attestation, Conclusion
from policyctl.model.content import Content
from policyctl.model.document import Location, Path
from policyctl.model.errors import InputError
from policyctl.model.printable import printable


@dataclass(frozen=True, slots=True)
class Attesting:
    """One entry of a file: what it attests, about which control (an id) and systems (ids), and where it stands."""

    control: str
    systems: tuple[str, ...]
    attestation: Attestation
    location: Location


def holds_attestations(content: Content) -> bool:
    """Whether `content` says of itself that it holds attestations."""
    return marked(content, "attestations")


def read_attestations(content: Content, folder: str) -> list[Attesting]:
    """The entries of one file, in their order. Evidence files are looked for from `folder`, and compared with their digests.

    Raises InputError with the line for unknown or missing keys, values of another type, an end before the beginning, a system or
    an entry twice, and a file of evidence without its digest.
    """
    if len(content.values) != 1 or not holds_attestations(content):
        raise InputError(
            f"{printable(content.path)}: holds no attestations",
            hint="one YAML mapping is expected, with the line: policyctl: attestations",
        )
    try:
        for _, path, reason in content.doubts:
            raise Wrong(f"cannot be told: {reason}", *path)
        written = {key: value for key, value in content.values[0].items() if key != MARK}
        entries = mapping(written, (), {"attestations": list_of(_entry)}, ("attestations",), "the file")["attestations"]
        found = [
            Attesting(
                entry["control"],
                tuple(entry["systems"]),
                _attestation(entry, index, folder),
                Location(content.path, content.line_of(0, ("attestations", index)) or 1),
            )
            for index, entry in enumerate(entries)
        ]
        _once(found)
    except Wrong as wrong:
        hint = "docs/attestations.md shows every key; an attestation that is not understood would count for nothing"
        raise InputError(f"{place(content, wrong)}: {wrong}", hint=hint) from wrong
    return found


def _entry(value: Any, path: Path) -> dict[str, Any]:
    entry = mapping(value, path, _READERS, tuple(key for key in _READERS if key != "evidence"), "an attestation")
    if not entry["systems"]:
        raise Wrong("an attestation names at least one system", *path, "systems")
    if len(set(entry["systems"])) < len(entry["systems"]):
        raise Wrong("a system is named twice", *path, "systems")
    if entry["last_day"] < entry["first_day"]:
        raise Wrong(f"the last day, {entry['last_day']}, is before the first", *path, "last_day")
    return entry


def _once(found: list[Attesting]) -> None:
    """Of two entries about one control and system, a reader would not know which one counts."""
    seen: set[tuple[str, str]] = set()
    for index, one in enumerate(found):
        for system in one.systems:
            if (one.control, system) in seen:
                raise Wrong(f"{one.control} is attested for {system} twice", "attestations", index)
            seen.add((one.control, system))


def _attestation(entry: dict[str, Any], index: int, folder: str) -> Attestation:
    days = (date.fromisoformat(entry["last_day"]) - date.fromisoformat(entry["first_day"])).days + 1
    listed = enumerate(entry.get("evidence", []))
    evidence = [compared(one, folder, ("attestations", index, "evidence", at)) for at, one in listed]
    kept = {key: entry[key] for key in ("conclusion", "statement", "by", "first_day", "last_day")}
    return cast("Attestation", {**kept, "days": days, "evidence": evidence})


def _person(value: Any, path: Path) -> dict[str, Any]:
    return mapping(value, path, {"name": text, "role": text, "contact": text}, ("name", "role"), "a person")


_READERS: Final[dict[str, Reader]] = {
    "control": text,
    "systems": list_of(identifier),
    "conclusion": one_of(*get_args(Conclusion)),
    "statement": text,
    "by": _person,
    "first_day": day,
    "last_day": day,
    "evidence": list_of(read_evidence),
}
