"""What a run has to say: decisions joined with their catalog, what became of each input, and the sum of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NotRequired, TypedDict

from policyctl.model.decision import Answer, Binding, Enforcement, Finding, Status, Undetermined
from policyctl.model.document import Input, Location
from policyctl.model.waiver import Waiver, WaiverTold


class ControlFacts(TypedDict):
    """What a reader needs to know of a control, from the catalog of the revision that decided."""

    id: str
    title: str
    family: str
    name: str
    severity: str
    objective: str
    rationale: str
    remediation: str
    clauses: list[ClauseFacts]


class ClauseFacts(TypedDict):
    """A clause that a control serves, and how far."""

    framework: str
    clause: str
    title: str
    covers: str
    because: str
    link: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Located:
    """A finding, or what could not be told, with its place."""

    entry: Finding | Undetermined
    location: Location | None


@dataclass(frozen=True, slots=True)
class Result:
    """One control's result on one subject. `enforcement` is what a failure of it does on the decision's date.

    `when_untold` is what it does where it could not tell: the same where the profile counts that like a fail, else at most a warning.
    Both are audit where all that they are about is waived. `is_early`: the profile asks for more from the day on which the clause of
    `binding` binds this system.
    """

    control: ControlFacts
    status: Status
    enforcement: Enforcement
    when_untold: Enforcement
    resources: int
    findings: tuple[Located, ...] = ()
    undetermined: tuple[Located, ...] = ()
    binding: Binding | None = None
    is_early: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision as reported: the recorded body, the ledger entry's id (empty when not recorded), and its results."""

    id: str
    kind: str
    path: str
    body: Mapping[str, Any]
    results: tuple[Result, ...]
    notes: tuple[str, ...] = ()

    @property
    def looked_at(self) -> bool:
        """Whether a control looked at anything in it, or there is knowingly nothing left to look at: a plan that only destroys."""
        answer = self.answer
        return bool(answer["resources"] or answer["findings"] or answer["undetermined"] or self.body["destroy_only"])

    @property
    def determined(self) -> bool:
        """Whether a control passed or failed, or there is knowingly nothing left to look at."""
        return self.body["destroy_only"] or any(result.status in ("pass", "fail") for result in self.results)

    @property
    def answer(self) -> Answer:
        """OPA's answer."""
        answer: Answer = self.body["answer"]
        return answer


@dataclass(frozen=True, slots=True)
class Summary:
    """The last line. `outcome` is the strictest of all; "none" when nothing was decided. `duration` in seconds."""

    outcome: Literal["allow", "warn", "deny", "none"]
    exit_code: int
    profile: str
    as_of: str
    simulated: bool
    resources: int
    duration: float
    revision: str
    recorded: str
    notes: tuple[str, ...] = ()
    not_checked: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[WaiverTold, ...] = ()

    @property
    def waived(self) -> int:
        """How many findings and undetermined entries a waiver covers."""
        return sum(told.covered for told in self.waivers)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an output format may show."""

    decisions: tuple[Decided, ...]
    inputs: tuple[Input, ...]
    summary: Summary


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding with its surroundings. `actual` is the recorded, masked value at the finding's path, as JSON; empty when absent.

    `system` is the id of the system that the subject is established to belong to, else empty; `waiver` what the finding is accepted
    under; `longest_waiver` how many days one may last.
    """

    entry: str
    time: str
    subject: str
    finding: dict[str, Any]
    control: ControlFacts
    place: str
    actual: str
    rule: str
    enforcement: str
    parameters: dict[str, Any]
    system: str
    waiver: Waiver | None
    longest_waiver: int

    def plain(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}
