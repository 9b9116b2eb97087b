"""What OPA answers for one document, and what is recorded of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict

Outcome = Literal["allow", "warn", "deny"]
Enforcement = Literal["deny", "warn", "audit"]
Status = Literal["pass", "fail", "undetermined", "not_applicable"]
Severity = Literal["critical", "high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low")


class Finding(TypedDict):
    """One defect of one resource. `id`: first 12 hex digits of SHA-256 over control, subject, resource, path and code.

    `metadata`: what a policy of somebody else's says of it beside the message.
    """

    id: str
    code: str
    resource: str
    message: str
    path: list[str | int]
    waiver: NotRequired[str]
    metadata: NotRequired[dict[str, Any]]


class Undetermined(TypedDict):
    """What a control could not tell about one resource, and why."""

    resource: str
    path: list[str | int]
    reason: NotRequired[str]
    code: NotRequired[str]
    waiver: NotRequired[str]


class Binding(TypedDict):
    """Under a legal profile: the clause from which a control enforces, and since when (null: no clause binds this system)."""

    action: Enforcement
    clause: NotRequired[str]
    current: NotRequired[str]
    original: NotRequired[str]
    reading: NotRequired[bool]


class Answer(TypedDict):
    """`data.policyctl.main.decision`, as OPA gives it. Three sparse maps by control id; lists are sorted.

    `waivers`: what became of each of the document's waivers, by its id.
    """

    outcome: Outcome
    simulated: bool
    expected: list[str]
    evaluated: list[str]
    resources: dict[str, int]
    findings: dict[str, list[Finding]]
    undetermined: dict[str, list[Undetermined]]
    bindings: NotRequired[dict[str, Binding]]
    assumed: NotRequired[list[str]]
    waivers: NotRequired[dict[str, str]]


@dataclass(frozen=True, slots=True)
class EngineIdentity:
    """Which OPA answered. `trust` is "verified" for what we started and whose digest we know, an image's beforehand; else
    "asserted". `sha256` is that of the binary or the image, empty for a remote OPA.
    """

    kind: str
    version: str
    sha256: str
    trust: Literal["verified", "asserted"]
    address: str = ""


@dataclass(frozen=True, slots=True)
class BundleIdentity:
    """The bundle that decided. `revision` is the digest of its content and names it; `sha256` is that of the archive."""

    name: str
    revision: str
    sha256: str


def status_of(answer: Answer, control: str) -> Status:
    """The status of one expected control: fail if it has a finding, else undetermined, else pass, else not_applicable."""
    if answer["findings"].get(control):
        return "fail"
    if answer["undetermined"].get(control):
        return "undetermined"
    return "pass" if answer["resources"].get(control) else "not_applicable"


DecisionBody = dict[str, Any]
"""The recorded body of a decision: see `pipeline.body_of`."""
