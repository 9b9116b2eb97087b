"""Whether an event of a decision log shows what our rules decided. What it does not show is never taken for an allow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from policyctl.admission.review import Request
from policyctl.model.printable import printable

MAIN, REVIEWS = "system/main", "policyctl/webhook/reviews/"
_BASELINE = "baseline"
_OUTCOMES = ("allow", "warn", "deny")


@dataclass(frozen=True, slots=True)
class Ours:
    """The bundle whose decisions are expected: its name, and the revisions of it that are known."""

    name: str
    revisions: Collection[str]


def objection_to(event: Mapping[str, Any], ours: Ours) -> str:
    """Why the event does not show what our rules decided; empty where it does."""
    path = event.get("path")
    if not isinstance(path, str) or (path != MAIN and not path.startswith(REVIEWS)):
        return f"it is about another rule: {printable(path, 100) if isinstance(path, str) and path else 'a query'}"
    if event.get("error"):
        return "OPA answered with an error"
    if not revisions_of(event) & set(ours.revisions):
        named = ", ".join(sorted(one[:12] for one in revisions_of(event)))
        return f"it is of another bundle: {printable(named, 100) or 'none is named'}"
    answered = event.get("result")
    if not isinstance(answered, Mapping) or not _is_review(event.get("input")):
        return "it holds no review, or no answer"
    decision, response = answered.get("decision"), answered.get("response")
    if not isinstance(decision, Mapping) or not isinstance(response, Mapping):
        return "it holds no review, or no answer"
    if response.get("uid") != event["input"]["request"]["uid"]:
        return "its answer is to another review"
    if decision.get("profile") != (_BASELINE if path == MAIN else path.removeprefix(REVIEWS)):
        return "its answer is by another profile than its path"
    return "" if _consistent(decision, response) else "its answer and its decision contradict each other"


def revisions_of(event: Mapping[str, Any]) -> set[str]:
    """The revisions of the bundles that OPA had."""
    bundles = event.get("bundles")
    listed = bundles.values() if isinstance(bundles, Mapping) else ()
    return {one["revision"] for one in listed if isinstance(one, Mapping) and isinstance(one.get("revision"), str)}


def _is_review(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    try:
        Request.model_validate(value.get("request"))
    except ValidationError:
        return False
    return True


def _consistent(decision: Mapping[str, Any], response: Mapping[str, Any]) -> bool:
    """Whether what was answered follows from what was decided."""
    outcome, allowed = decision.get("outcome"), response.get("allowed")
    if outcome not in _OUTCOMES or not isinstance(allowed, bool):
        return False
    if decision.get("judged") is False:
        return allowed == (outcome == "allow") and isinstance(decision.get("reason"), str)
    expected, evaluated, through = decision.get("expected"), decision.get("evaluated"), decision.get("answered")
    whole = isinstance(expected, list) and bool(expected) and expected == evaluated and decision.get("judged") is True
    parts = all(isinstance(decision.get(key), Mapping) for key in ("resources", "findings", "undetermined"))
    return whole and parts and isinstance(through, str) and allowed == (outcome != "deny" or through != "")
