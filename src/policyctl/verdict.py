"""What a run's decisions add up to: one outcome, one exit code, and the reasons when nothing was checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from policyctl.model.catalog import Profile
from policyctl.model.document import Input
from policyctl.model.errors import ALLOWED, DENIED, NOT_CHECKED, USAGE, first_exit_code
from policyctl.model.report import Decided, Summary
from policyctl.model.waiver import WaiverTold

Outcome = Literal["allow", "warn", "deny", "none"]


def summarise(
    decisions: Sequence[Decided],
    inputs: Sequence[Input],
    profile: Profile,
    bundle: Any,
    *,
    exit_code_counts: bool,
    as_of: str,
    simulated: bool,
    recorded: str,
    duration: float,
    notes: tuple[str, ...],
    waivers: tuple[WaiverTold, ...] = (),
) -> Summary:
    """The sum of a run. A simulated run allows nothing unless its exit code was asked for."""
    outcome = _outcome(decisions)
    code = exit_code(decisions, inputs, outcome)
    if simulated and not exit_code_counts and code == ALLOWED:
        code = NOT_CHECKED
        notes = (*notes, f"simulated as of {as_of}: never evidence for a gate; --simulate makes the exit code count")
    return Summary(
        outcome=outcome,
        exit_code=code,
        profile=profile["id"],
        as_of=as_of,
        simulated=simulated,
        resources=sum(d.body["resources"] for d in decisions),
        duration=duration,
        revision=bundle.identity.revision,
        recorded=recorded,
        notes=(
            *notes,
            *assumed(decisions, profile),
            *_unlooked(decisions),
            *_undetermined(decisions),
            *_only_systems(decisions, inputs),
        ),
        not_checked=not_checked(decisions, profile, bundle.catalog) if outcome == "none" else {},
        waivers=waivers,
    )


def exit_code(decisions: Sequence[Decided], inputs: Sequence[Input], outcome: Outcome) -> int:
    """1 where a fail denies, 3 where only what could not be told denies, or no control could tell anything, 2 for unreadable input."""
    codes = {USAGE for entry in inputs if entry.status == "error"}
    if outcome == "none" or not any(decision.determined for decision in _asked_for(decisions, inputs)):
        codes.add(NOT_CHECKED)
    for decision in decisions:
        if decision.answer["outcome"] == "deny":
            fails = any(r.status == "fail" and r.enforcement == "deny" for r in decision.results)
            codes.add(DENIED if fails else NOT_CHECKED)
    return first_exit_code(codes)


def not_checked(decisions: Sequence[Decided], profile: Profile, catalog: Any) -> dict[str, str]:
    """Every control that the profile selects, with the reason why it did not apply."""
    counted: dict[str, int] = {}
    for decision in decisions:
        counted[decision.kind] = counted.get(decision.kind, 0) + 1
    selected = {id for resolved in profile["kinds"].values() for id in resolved["enforcement"]}
    reasons: dict[str, str] = {}
    for id in sorted(selected):
        kinds = catalog["controls"][id]["kinds"]
        seen = sum(counted.get(kind, 0) for kind in kinds)
        named = " or ".join(kinds)
        reasons[id] = f"no resource that it looks at in {seen} × {named}" if seen else f"no {named} among the inputs"
    return reasons or {"-": f"profile {profile['id']} selects no control"}


def assumed(decisions: Sequence[Decided], profile: Profile) -> tuple[str, ...]:
    """A sentence about each thing of the law that decisions had to assume, for lack of an established system."""
    if not any("framework" in resolved for resolved in profile["kinds"].values()):
        return ()
    words = {word for decision in decisions for word in decision.answer.get("assumed", [])}
    said = {
        "classes": "the system's class is not established: high-risk (Annex III) and transparency are assumed",
        "roles": "the organisation's role is not established: provider and deployer are assumed",
    }
    return tuple(said[word] for word in sorted(words))


def _outcome(decisions: Sequence[Decided]) -> Outcome:
    if not any(decision.looked_at for decision in decisions):
        return "none"
    outcomes = {decision.answer["outcome"] for decision in decisions}
    return "deny" if "deny" in outcomes else "warn" if "warn" in outcomes else "allow"


def _unlooked(decisions: Sequence[Decided]) -> tuple[str, ...]:
    """A sentence about subjects that were understood and in which no control found anything to look at."""
    paths = sorted({decision.path for decision in decisions if not decision.looked_at})
    if not paths or len(paths) == len({decision.path for decision in decisions}):
        return ()
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return (f"no control looked at anything in {', '.join(paths[:3])}{more}",)


def _asked_for(decisions: Sequence[Decided], inputs: Sequence[Input]) -> list[Decided]:
    """The decisions that make a run one that has checked something. A description of a system that was only met in a folder is not
    what somebody who judges that folder waits for: without this, it would hide that the plan is missing.
    """
    named = {entry.path for entry in inputs if entry.named}
    return [decision for decision in decisions if decision.kind != "system" or decision.path in named]


def _only_systems(decisions: Sequence[Decided], inputs: Sequence[Input]) -> tuple[str, ...]:
    """A sentence where nothing but descriptions of systems was met."""
    if not decisions or _asked_for(decisions, inputs):
        return ()
    return ("only descriptions of AI systems were met, and nothing else to check: name them to have them count",)


def _undetermined(decisions: Sequence[Decided]) -> tuple[str, ...]:
    """A sentence where controls looked and none could tell: a warning of that alone is no verdict."""
    if any(decision.determined for decision in decisions) or not any(decision.looked_at for decision in decisions):
        return ()
    return ("no control could tell anything: nothing passed and nothing failed",)
