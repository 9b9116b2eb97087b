"""A waiver: a time-limited, reasoned acceptance of a failure. The status stays; its enforcement becomes audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NotRequired

from typing_extensions import TypedDict


class WaiverSource(TypedDict):
    """The file that a waiver stands in: its path in the configuration's folder, and the SHA-256 of its bytes.

    `trusted`: it came from a trusted configuration, not from the tree under judgement.
    """

    path: str
    sha256: str
    trusted: bool


class Waiver(TypedDict):
    """One waiver as a decision sees it. `resource` is a pattern in which `*` stands for any text; the days are UTC and inclusive.

    `self_approved` is derived when the file is read: requester and approver are one, as far as their names tell.
    """

    id: str
    control: str
    system: str
    resource: str
    code: NotRequired[str]
    owner: str
    reason: str
    compensating_control: str
    ticket: str
    requester: str
    approver: str
    first_day: str
    last_day: str
    self_approved: bool
    source: WaiverSource


@dataclass(frozen=True, slots=True)
class Listed:
    """A waiver, and the line of its file at which it begins."""

    waiver: Waiver
    line: int


WaiverState = Literal[
    "in_force",
    "applied",
    "not_needed",
    "unmatched",
    "other_system",
    "expired",
    "not_started",
    "too_long",
    "self_approved",
]

SENTENCES: Final[dict[str, str]] = {
    "in_force": "in force",
    "applied": "applied",
    "not_needed": "no longer needed: its control finds nothing that it covers",
    "unmatched": "matches nothing that was judged",
    "other_system": "nothing that was judged is established to belong to its system",
    "expired": "expired",
    "not_started": "not yet started",
    "too_long": "longer than the profile allows",
    "self_approved": "approved by its own requester",
    "malformed": "not whole",
}
"""Each state in words for people. "in_force" is said of a waiver by itself, "applied" and the next three of a run."""


@dataclass(frozen=True, slots=True)
class WaiverTold:
    """What became of a waiver in a run: its state, and how many findings and undetermined entries name it."""

    waiver: Waiver
    state: str
    covered: int = 0
