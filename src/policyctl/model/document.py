"""The input document: everything that a decision may look at.

`InputDocument` is the shape that Rego sees as `input`; the JSON Schemas for `opa check --schema` are made from these types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.attestation import Attested
from policyctl.model.waiver import Waiver

Kind = Literal[
    "terraform_plan",
    "kubernetes_object",
    "container_image",
    "model_card",
    "agent",
    "bom",
    "system",
    "competence",
    "impact_assessment",
    "decommissioning",
    "gpai_model",
    "incident",
    "supplier",
    "model",
    "configuration",
]
KINDS: tuple[Kind, ...] = (
    "terraform_plan",
    "kubernetes_object",
    "container_image",
    "model_card",
    "agent",
    "bom",
    "system",
    "competence",
    "impact_assessment",
    "decommissioning",
    "gpai_model",
    "incident",
    "supplier",
    "model",
)
"""The kinds that the library's controls are about. A configuration is judged by policies of one's own only: see docs/conftest.md."""

Role = Literal[
    "provider",
    "deployer",
    "importer",
    "distributor",
    "authorised_representative",
    "product_manufacturer",
    "third_party",
    "gpai_provider",
]
RiskClass = Literal["prohibited", "high_risk", "transparency", "gpai", "gpai_systemic"]
Path = tuple[str | int, ...]


class Subject(TypedDict):
    """What is judged. `id` is stable across runs; `path` is the file it came from, relative to the working directory."""

    id: str
    path: str


class SystemClass(TypedDict):
    """One class of a system under the AI Act, with the reason given for it."""

    id: RiskClass
    route: NotRequired[Literal["annex_i", "annex_iii"]]
    basis: NotRequired[str]


class System(TypedDict):
    """The AI system that a subject belongs to. What is not known is absent. Dates are ISO 8601 days.

    `established`: configuration that has effect says that the subject belongs to it, not the subject itself.
    """

    id: NotRequired[str]
    established: NotRequired[bool]
    title: NotRequired[str]
    owner: NotRequired[str]
    purpose: NotRequired[str]
    roles: NotRequired[list[Role]]
    classes: NotRequired[list[SystemClass]]
    market: NotRequired[list[str]]
    placed_on_market: NotRequired[str]
    put_into_service: NotRequired[str]
    significantly_changed: NotRequired[str]
    public_authority: NotRequired[bool]


class Gap(TypedDict):
    """A source that could not be read, or a control that could not be evaluated.

    `paths` are the fact paths that it hides, each beginning with "facts", "attested" or "system"; `control` is set instead when
    one control is excluded because evaluating it failed (code "evaluation_error"). `at` is where in the source it
    stands, as a path that the subject's `locate` knows; without it, the places of the hidden facts serve.
    """

    code: str
    reason: str
    paths: NotRequired[list[list[str]]]
    control: NotRequired[str]
    at: NotRequired[list[str | int]]


class ResolvedProfile(TypedDict):
    """A profile as a decision sees it: made from trusted content before OPA is asked.

    `enforcement` names every selected control of the document's kind; `undetermined` the severities at which "could not tell"
    counts like a fail; `framework` is set when the dates of a law decide from when a control enforces; `waivers` is how many days a
    waiver may last, by severity.
    """

    id: str
    digest: str
    enforcement: dict[str, Literal["deny", "warn", "audit"]]
    undetermined: list[str]
    parameters: dict[str, dict[str, dict[str, Any]]]
    waivers: dict[str, int]
    framework: NotRequired[str]


class Source(TypedDict):
    """Where facts came from: a file, or one thing that a registry holds, with the SHA-256 of its bytes or of the registry's answer.

    Of what a registry told, `time` is when (ISO 8601, UTC), and `facts` are the dotted paths, below `facts`, of what came from it.
    `attested`: those facts are what a person states.
    """

    path: str
    sha256: str
    time: NotRequired[str]
    facts: NotRequired[list[str]]
    attested: NotRequired[bool]


class InputDocument(TypedDict):
    """Everything a decision may look at. The same document and bundle give the same decision."""

    kind: Kind
    subject: Subject
    system: System
    environment: dict[str, str]
    as_of: str
    simulated: bool
    profile: ResolvedProfile
    waivers: list[Waiver]
    facts: Mapping[str, Any]
    attested: Attested
    gaps: list[Gap]
    masked: list[str]
    sources: list[Source]


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file, or a thing that a registry holds, which has no lines. Lines count from 1."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


Locate = Callable[[str, Path], Location | None]
"""Finds the place of a finding: its resource, and its path relative to that resource. None when there is none."""


def nowhere(_resource: str, _path: Path) -> Location | None:
    """The `Locate` of a source that has no lines."""
    return None


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collector read about one subject: facts as plain JSON values (no floats that are not finite, string keys).

    `masked` holds the paths (dotted, from the document's root) whose values the collector has already emptied.
    `system_id` is the system that the subject itself names, in a tag or label. `notes` are sentences for the user's eyes.
    `more`, of a record about a subject, is what else tells of it, in the order of precedence: a registry's name for it, or files, relative
    to the record; None of everything else. `partial`: facts of a subject that some other source names; nothing is decided about them alone.
    """

    kind: Kind
    subject: Subject
    facts: Mapping[str, Any]
    sources: tuple[Source, ...]
    gaps: tuple[Gap, ...] = ()
    masked: tuple[str, ...] = ()
    locate: Locate = nowhere
    system_id: str | None = None
    notes: tuple[str, ...] = ()
    more: tuple[str, ...] | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """What became of one file or stream that was looked at. `named`: by the user, not met in a folder."""

    path: str
    status: Literal["decided", "skipped", "error"]
    kind: str | None = None
    message: str = ""
    hint: str = ""
    named: bool = False
    subjects: tuple[Collected, ...] = field(default=(), repr=False)
