"""The catalog as a bundle carries it (`data.policyctl.catalog`): plain JSON, made once per revision from the content folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

from policyctl.model.decision import Enforcement, Severity
from policyctl.model.document import Kind, ResolvedProfile

if TYPE_CHECKING:
    from policyctl.model.classification import Classification

Basis = Literal["derived", "attested"]
Covers = Literal["full", "part", "supports"]


class Parameter(TypedDict):
    """A number, text or list that a profile may set. A mapping {"high_risk": …, "other": …} holds one value per risk class."""

    type: Literal["integer", "number", "string", "list", "number_by_class"]
    description: str
    default: Any


class Control(TypedDict):
    """What a control is, for people. `family` and `name` are its path, which joins it to its Rego.

    `statement` is there where no artefact shows what it asks for: what a named person attests. `source` is the file and line of the
    rule, where it is not the control's own package that decides but a policy of somebody else's.
    """

    id: str
    family: str
    name: str
    title: str
    objective: str
    rationale: str
    severity: Severity
    statement: NotRequired[str]
    kinds: list[Kind]
    parameters: dict[str, Parameter]
    remediation: str
    evidence: str
    source: NotRequired[str]


def basis_of(control: Control) -> Basis:
    """What a control's verdict rests on: facts derived from artefacts, or what a person attests."""
    return "attested" if "statement" in control else "derived"


class Edge(TypedDict):
    """One control's part in one clause. full: a pass shows all that it asks; part: one named element; supports: evidence only.

    `only`: top-level facts that a document must have for the clause to be about it; where it has others, the clause binds nobody.
    `shows_class`: a finding shows that the system is of the clause's class, which then binds it whatever classes are stated.
    """

    clause: str
    covers: Covers
    because: str
    only: NotRequired[dict[str, str]]
    shows_class: NotRequired[Literal[True]]


class ClauseDate(TypedDict):
    """Since when a clause applies. `reading` when the current date is a reading of the law that needs counsel."""

    current: str
    original: str | None
    reading: bool


class Clause(TypedDict):
    """A numbered obligation or practice. `binds`, `risk_class`, `dates` (by route, or "any") and `legacy` only where a law has them."""

    id: str
    title: str
    binds: NotRequired[list[str]]
    risk_class: NotRequired[str]
    dates: NotRequired[dict[str, ClauseDate]]
    legacy: NotRequired[dict[str, str]]


class Framework(TypedDict):
    """A law or standard. `dated` when its clauses have dates of application; `link` leads to the text."""

    id: str
    title: str
    dated: bool
    link: NotRequired[str]


class Profile(TypedDict):
    """A profile resolved for every kind. `require_verified_engine`: only an OPA that policyctl started itself may decide.

    `update_not_worse`: what admission does with an update that denies and leaves an object no worse than it was.
    """

    id: str
    title: str
    description: str
    kinds: dict[Kind, ResolvedProfile]
    unselected: dict[str, str]
    require_verified_engine: bool
    update_not_worse: Literal["deny", "warn"]


class IndexEntry(TypedDict):
    """What `main` needs to ask a control: where its rules are, and which parameters they read."""

    family: str
    name: str
    parameters: list[str]


class Catalog(TypedDict):
    """Everything about controls that is constant for a bundle revision.

    `index`: kind -> control id -> path and names of parameters. `reads`: control id -> fact paths. `rules`: control id -> the rule
    files that asking it needs. `facts`: kind -> fact that is never absent -> its JSON type. `edges`: framework -> control id -> edges.
    `clauses`: framework -> clause id -> clause, those that an edge names; the frameworks' other clauses stay in `mappings/`.
    `profile_files`: profile id -> what its file says, for an organisation's own that extend it.
    `classification`: the questions by which a system is classified.
    """

    name: str
    controls: dict[str, Control]
    index: dict[Kind, dict[str, IndexEntry]]
    reads: dict[str, list[list[str]]]
    rules: dict[str, list[str]]
    facts: dict[Kind, dict[str, str]]
    frameworks: dict[str, Framework]
    clauses: dict[str, dict[str, Clause]]
    edges: dict[str, dict[str, list[Edge]]]
    transition: dict[str, str]
    profiles: dict[str, Profile]
    profile_files: dict[str, dict[str, Any]]
    classification: Classification


ENFORCEMENTS: tuple[Enforcement, ...] = ("deny", "warn", "audit")
