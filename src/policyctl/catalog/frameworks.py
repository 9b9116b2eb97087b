"""The clauses of laws and standards, from `mappings/frameworks/`, in one shape, with the dates from which they bind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policyctl.catalog.files import read_yaml, shaped
from policyctl.catalog.framework_files import LawFile, PracticeFile
from policyctl.model.catalog import Clause, ClauseDate, Framework
from policyctl.model.errors import ContentError

_ROUTES = {"annex_i": "annex_i_systems", "annex_iii": "annex_iii_systems"}


def read_framework(path: Path) -> tuple[Framework, dict[str, Clause], dict[str, str]]:
    """A framework file: its header, its clauses by id, and its transition dates (empty but for a law that has some).

    Raises ContentError that names the file and each key that is wrong.
    """
    raw = read_yaml(path)
    dated = isinstance(raw, dict) and bool({"application_dates", "provisions"} & set(raw))
    if dated:
        raw = shaped(path, raw, LawFile).model_dump(exclude_unset=True)
    else:
        shaped(path, raw, PracticeFile)
    header = raw["framework"]
    framework: Framework = {"id": header["id"], "title": header["title"], "dated": dated}
    if link := header.get("eli") or (f"https://doi.org/{header['doi']}" if "doi" in header else ""):
        framework["link"] = link
    clauses = {clause["id"]: clause for clause in (_dated(raw) if dated else _undated(raw))}
    if not clauses:
        raise ContentError(f"{path}: has no clause with an id and a text", hint="see the files beside it for the keys")
    if bare := next((id for id, clause in clauses.items() if not clause["title"]), None):
        raise ContentError(f"{path}: {bare} has no text, title or summary")
    transition = raw.get("high_risk_transition", {})
    return framework, clauses, {"public_authorities": transition["public_authorities"]} if transition else {}


def _dated(raw: dict[str, Any]) -> Iterator[Clause]:
    provisions: dict[str, Clause] = {}
    for provision in raw["provisions"]:
        clause = _provision(provision, raw["application_dates"][provision["applies"]])
        provisions[clause["id"]] = clause
        yield clause
    for annex in raw.get("annexes", {}).values():
        yield from _annex_points(annex, provisions)


def _provision(provision: dict[str, Any], listed: dict[str, Any]) -> Clause:
    clause: Clause = {
        "id": provision["id"],
        "title": f"{provision['article_title']}: {provision['summary']}",
        "binds": provision["binds"],
        "risk_class": provision["risk_class"],
        "dates": {route: _date(listed, key) for route, key in {**_ROUTES, "any": ""}.items()},
    }
    if "legacy_before" in listed:
        current = listed.get("legacy_systems") or listed["legacy_models"]
        clause["legacy"] = {"before": listed["legacy_before"], "current": current}
    return clause


def _annex_points(annex: dict[str, Any], provisions: dict[str, Clause]) -> Iterator[Clause]:
    """Points of an annex bind whom, and when, the article binds that refers to it (`binds_through`); the others bind nobody."""
    through = provisions.get(annex.get("binds_through", ""))
    for key, points in annex.items():
        if isinstance(points, list) and "deleted" not in key:
            for point in points:
                clause: Clause = {"id": "", "title": ""} if through is None else through.copy()
                clause["id"] = point["id"]
                clause["title"] = f"{annex['title']}: {point.get('summary') or point.get('act')}"
                yield clause


def _date(listed: dict[str, Any], route_key: str) -> ClauseDate:
    """The date for one route. Where the law names none for high-risk systems, the effective one is a reading, and says so."""
    reading = bool(listed.get("reading")) and bool(route_key)
    current = listed["effective_for_high_risk"] if reading else listed["current"]
    return {
        "current": _of_route(current, route_key),
        "original": _of_route(listed["original"], route_key),
        "reading": reading,
    }


def _of_route(dates: Any, route_key: str) -> Any:
    if not isinstance(dates, dict):
        return dates
    return dates[route_key] if route_key else min(dates.values())


def _undated(raw: dict[str, Any]) -> Iterator[Clause]:
    """NIST's functions, categories and subcategories; ISO's clauses and Annex A controls: every mapping with an id and a text."""
    for key in ("functions", "clauses", "annex_a"):
        yield from _nested(raw.get(key, []))


def _nested(node: Any) -> Iterator[Clause]:
    if isinstance(node, list):
        for item in node:
            yield from _nested(item)
    elif isinstance(node, dict):
        text = node.get("text") or node.get("title") or node.get("summary")
        if "id" in node:
            yield {"id": str(node["id"]), "title": str(text or "")}
        for value in node.values():
            yield from _nested(value)
