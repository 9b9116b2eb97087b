"""Joins an answer with the catalog of the revision that gave it: status, clauses, places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policyctl.model.catalog import Catalog
from policyctl.model.decision import Answer, Binding, Enforcement, Finding, Undetermined, status_of
from policyctl.model.document import Locate, Location, ResolvedProfile, nowhere
from policyctl.model.report import ClauseFacts, ControlFacts, Located, Result


class Joining:
    """Joins the answers of one run with its catalog. What reads alike, such as a control that passed, is made once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._facts: dict[str, ControlFacts] = {}
        self._uneventful: dict[tuple[str, int, Enforcement, bool, str], Result] = {}

    def results(self, answer: Answer, profile: ResolvedProfile, locate: Locate = nowhere) -> tuple[Result, ...]:
        """One result for each expected control, in the order of their ids."""
        findings, undetermined = answer["findings"], answer["undetermined"]
        return tuple(
            self._result(id, answer, profile, locate)
            if id in findings or id in undetermined
            else self._without_entries(id, answer, profile)
            for id in answer["expected"]
        )

    def _without_entries(self, id: str, answer: Answer, profile: ResolvedProfile) -> Result:
        """The result of a control that has nothing to say. Of those that read alike, one."""
        binding = answer.get("bindings", {}).get(id)
        told = repr(binding) if binding else ""
        alike = (
            id,
            answer["resources"].get(id, 0),
            profile["enforcement"][id],
            _weighs(id, profile, self._catalog),
            told,
        )
        if alike not in self._uneventful:
            self._uneventful[alike] = self._result(id, answer, profile, nowhere)
        return self._uneventful[alike]

    def _result(self, id: str, answer: Answer, profile: ResolvedProfile, locate: Locate) -> Result:
        binding: Binding | None = answer.get("bindings", {}).get(id)
        enforcement: Enforcement = binding["action"] if binding else profile["enforcement"][id]
        findings, undetermined = answer["findings"].get(id, []), answer["undetermined"].get(id, [])
        lowered = enforcement == "deny" and not (_failed(undetermined) or _weighs(id, profile, self._catalog))
        if id not in self._facts:
            self._facts[id] = control_facts(self._catalog, id)
        return Result(
            control=self._facts[id],
            status=status_of(answer, id),
            enforcement="audit" if _all_waived(findings) else enforcement,
            when_untold="audit" if _all_waived(undetermined) else "warn" if lowered else enforcement,
            resources=answer["resources"].get(id, 0),
            findings=_located(findings, locate),
            undetermined=_located(undetermined, locate),
            binding=binding,
            is_early=binding is not None and "current" in binding and binding["action"] != profile["enforcement"][id],
        )


def control_facts(catalog: Catalog, id: str) -> ControlFacts:
    """What a reader needs to know of one control."""
    control = catalog["controls"][id]
    return {
        "id": id,
        "title": control["title"],
        "family": control["family"],
        "name": control["name"],
        "severity": control["severity"],
        "objective": control["objective"],
        "rationale": control["rationale"],
        "remediation": control["remediation"],
        "clauses": clauses_of(catalog, id),
    }


def clauses_of(catalog: Catalog, id: str) -> list[ClauseFacts]:
    """The clauses that a control serves, by framework."""
    found: list[ClauseFacts] = []
    for framework, by_control in sorted(catalog["edges"].items()):
        for edge in by_control.get(id, []):
            facts: ClauseFacts = {
                "framework": framework,
                "clause": edge["clause"],
                "title": catalog["clauses"][framework][edge["clause"]]["title"],
                "covers": edge["covers"],
                "because": edge["because"],
            }
            if link := catalog["frameworks"][framework].get("link"):
                facts["link"] = link
            found.append(facts)
    return found


def _all_waived(entries: Sequence[Finding | Undetermined]) -> bool:
    return bool(entries) and all("waiver" in entry for entry in entries)


def _failed(undetermined: Sequence[Finding | Undetermined]) -> bool:
    """Whether evaluating the control failed: that always counts like a fail."""
    return any(entry.get("code") in ("evaluation_error", "misshapen") for entry in undetermined)


def _weighs(id: str, profile: ResolvedProfile, catalog: Catalog) -> bool:
    """Whether what a control of its severity could not tell counts like a fail."""
    return catalog["controls"][id]["severity"] in profile["undetermined"]


def would_deny(result: Result, profile: ResolvedProfile, catalog: Catalog) -> bool:
    """Whether what a control has said would deny, if the profile had it deny from today on."""
    if any("waiver" not in place.entry for place in result.findings):
        return True
    untold = [place.entry for place in result.undetermined if "waiver" not in place.entry]
    return bool(untold) and (_failed(untold) or _weighs(result.control["id"], profile, catalog))


def _located(entries: Sequence[Finding | Undetermined], locate: Locate) -> tuple[Located, ...]:
    return tuple(Located(entry, locate(entry["resource"], tuple(entry.get("path", ())))) for entry in entries)


def recorded_locate(locations: Any) -> Locate:
    """The places that a recorded decision holds, by resource and path: what `locate` was when it was made."""
    known = {
        (place["resource"], tuple(place["path"])): Location(place["file"], place["line"]) for place in locations or ()
    }
    return lambda resource, path: known.get((resource, path))


def locations(results: Sequence[Result]) -> list[dict[str, Any]]:
    """The places of all findings, as they are recorded: [{resource, path, file, line}], each once."""
    places = {
        (entry["resource"], tuple(entry.get("path", ()))): location
        for result in results
        for listed in (result.findings, result.undetermined)
        for entry, location in ((one.entry, one.location) for one in listed)
        if location is not None
    }
    return [
        {"resource": resource, "path": list(path), "file": location.file, "line": location.line}
        for (resource, path), location in places.items()
    ]
