"""What a scan has found: a row for each object, small enough to be kept for all of a cluster, and what they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from policyctl.admission.profiles import Chosen
from policyctl.admission.scanning.admitted import Admission
from policyctl.admission.scanning.reading import Found, Unlisted
from policyctl.admission.subjects import NotJudged
from policyctl.documents.building import canonical, digest
from policyctl.joining import would_deny
from policyctl.model.catalog import Catalog
from policyctl.model.decision import Enforcement, Status
from policyctl.model.document import ResolvedProfile
from policyctl.model.errors import ALLOWED, DENIED, NOT_CHECKED, USAGE, first_exit_code
from policyctl.model.report import Decided, Result

Outcome = Literal["deny", "warn", "allow", "none", "not read"]
Word = Literal["pass", "fail", "warn", "error", "skip"]
"""What a PolicyReport calls a result."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one control has said of an object: it failed, or could not tell. `now` is what the profile has it do, `enforcement` what it
    does about this. `waived`: all of it is accepted.
    """

    control: str
    status: Status
    now: Enforcement
    enforcement: Enforcement
    waived: bool
    would_deny: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One object. `outcome` is "none" where no control looked at anything; `problem` says why it could not be read. `entry`: the
    decision's id; empty where it was not recorded. `admission`: how it came in; None where it was not judged. `denied`: a fail denies.
    `warning`: why the profile that its namespace asks for is not the one that has decided. `state` tells this object as it is from any
    other, `answer` this answer under this profile (SHA-256 in hex).
    """

    path: str
    namespace: str
    created: str
    outcome: Outcome = "none"
    problem: str = ""
    entry: str = ""
    said: tuple[Said, ...] = ()
    passed: int = 0
    determined: bool = False
    denied: bool = False
    admission: Admission | None = None
    warning: str = ""
    state: tuple[str, str] = ("", "")
    answer: str = ""

    def words(self) -> Iterator[tuple[str, Word]]:
        """What each control that did not pass has said, as a PolicyReport calls it."""
        for said in self.said:
            if said.waived:
                yield said.control, "skip"
            elif said.status == "undetermined":
                yield said.control, "error"
            else:
                yield said.control, "fail" if said.enforcement == "deny" else "warn"


def row_of(found: Found, state: str, decided: Decided, admission: Admission, chosen: Chosen, catalog: Catalog) -> Row:
    """The row of a decision about an object in this state (`subjects.state_of`), not yet on record."""
    profile = chosen.profile["kinds"]["kubernetes_object"]
    return Row(
        found.path,
        found.namespace,
        found.created,
        decided.answer["outcome"] if decided.looked_at else "none",
        said=tuple(_said(r, profile, catalog) for r in decided.results if r.status in ("fail", "undetermined")),
        passed=sum(result.status == "pass" for result in decided.results),
        determined=decided.determined,
        denied=any(result.status == "fail" and result.enforcement == "deny" for result in decided.results),
        admission=admission if decided.looked_at else None,
        warning=chosen.warning,
        state=(found.uid, state),
        answer=digest(canonical({"answer": decided.answer, "profile": profile["digest"]})),
    )


def unjudged_row(found: Found, why: NotJudged) -> Row:
    """The row of an object about which nothing was decided."""
    if why.refused:
        return Row(found.path, found.namespace, found.created, "not read", why.reason)
    return Row(found.path, found.namespace, found.created)


def _said(result: Result, profile: ResolvedProfile, catalog: Catalog) -> Said:
    places = (*result.findings, *result.undetermined)
    return Said(
        result.control["id"],
        result.status,
        profile["enforcement"][result.control["id"]],
        result.enforcement if result.status == "fail" else result.when_untold,
        all("waiver" in place.entry for place in places),
        would_deny(result, profile, catalog),
    )


@dataclass(slots=True)
class Scanned:
    """All rows of a scan, what could not be listed, and why reports of it could not be left in the cluster; empty where they could."""

    rows: list[Row] = field(default_factory=list)
    unlisted: Sequence[Unlisted] = ()
    unreported: str = ""

    @property
    def problems(self) -> list[Row]:
        """The objects that could not be read."""
        return [row for row in self.rows if row.problem]

    @property
    def exit_code(self) -> int:
        """As of `check`: 2 for what could not be read or reported, 1 where a fail denies, 3 where nothing could be told."""
        codes = {USAGE} if self.unlisted or self.problems or self.unreported else {ALLOWED}
        if not any(row.determined for row in self.rows):
            codes.add(NOT_CHECKED)
        codes |= {DENIED if row.denied else NOT_CHECKED for row in self.rows if row.outcome == "deny"}
        return first_exit_code(codes)

    def by_namespace(self) -> dict[str, Counter[str]]:
        """How many objects have each outcome, in each namespace that has objects at which a control looked; "" for those of none."""
        found: dict[str, Counter[str]] = {}
        for row in self.rows:
            if row.outcome != "none":
                found.setdefault(row.namespace, Counter())[row.outcome] += 1
        return dict(sorted(found.items()))

    def by_control(self) -> dict[str, list[tuple[Row, Said]]]:
        """What each control has said that did not pass, with the object."""
        found: dict[str, list[tuple[Row, Said]]] = {}
        for row in self.rows:
            for said in row.said:
                found.setdefault(said.control, []).append((row, said))
        return dict(sorted(found.items()))

    def without_decision(self) -> list[Row]:
        """The objects that no decision on record has let in."""
        return [row for row in self.rows if is_without_decision(row)]

    def warnings(self) -> list[str]:
        """What is to be said of namespaces whose label chooses nothing, each once."""
        return sorted({f"{row.namespace or row.path}: {row.warning}" for row in self.rows if row.warning})

    def changed(self) -> list[Row]:
        """The objects that were let in by a decision, and have changed since without another."""
        return [row for row in self.rows if row.admission and row.admission.since and not row.admission.entry]


def is_without_decision(row: Row) -> bool:
    """Whether no decision on record has let this object in."""
    return row.admission is not None and not (row.admission.entry or row.admission.since)


def denying(rows: Iterable[tuple[Row, Said]]) -> Sequence[Row]:
    """The objects that would be denied if the control that has said this denied."""
    return [row for row, said in rows if said.would_deny]
