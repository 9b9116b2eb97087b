"""What a developer reads of a decision: the worst first, what is wrong at which path, how to fix it, and where it is on record."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.admission.owners import MadeBy
from policyctl.admission.review import Answer, Request, cut
from policyctl.admission.subjects import NotJudged
from policyctl.collectors.kubernetes.fields import dotted
from policyctl.model.decision import Enforcement
from policyctl.model.printable import printable
from policyctl.model.report import Decided, Located
from policyctl.reports.grouping import UNREADABLE, File, Group, Unread, file_of, fix, sentence

FORBIDDEN, UNPROCESSABLE = 403, 422
_GROUPS, _PLACES, _LINE = 5, 3, 400
"""How many controls, and places of each, a message tells; characters of a line."""


def answer_of(request: Request, decided: Decided, warning: str = "") -> Answer:
    """The answer that a decision gives: refused where it denies, with this warning, and one for each control that warns.

    For the API server's log the outcome is "none" where no control looked at anything.
    """
    file = file_of(decided.path, [decided])
    audit = {
        "outcome": file.outcome,
        "profile": decided.body["profile"]["id"],
        "controls": ",".join(sorted({id for id, _ in _needing(file)})),
        "bundle-revision": decided.body["bundle"]["revision"],
    }
    if decided.id:
        audit["decision-id"] = decided.id
    warnings = (*([warning] if warning else []), *_warnings(file, "warn"))
    if answered := decided.body["context"].get("answered"):
        audit["answered"] = answered
        if glass := decided.body["context"].get("break_glass"):
            audit["break-glass"] = glass["name"]
        warnings = (f"denied, and {answered}", *_warnings(file, "deny"), *warnings)
        return Answer(True, warnings=warnings, audit=audit)
    if decided.answer["outcome"] != "deny":
        return Answer(True, warnings=warnings, audit=audit)
    return Answer(False, FORBIDDEN, _message(request, decided, file), warnings, audit)


def unjudged(request: Request, why: NotJudged, entry: str, revision: str) -> Answer:
    """The answer where nothing was judged, which is on record as `entry`; empty for a dry run."""
    audit = {"outcome": "not_judged", "reason": printable(why.reason, _LINE), "bundle-revision": revision}
    if entry:
        audit["entry-id"] = entry
    if not why.refused:
        return Answer(True, audit=audit)
    return Answer(False, UNPROCESSABLE, f"policyctl cannot judge {_named(request)}: {why.reason}", audit=audit)


def passed_on(owner: MadeBy, entry: str, revision: str) -> Answer:
    """The answer to a controller whose request is passed on the decision about its owner, on record as `entry`; empty for a dry run."""
    made_by = f"{owner.kind}/{owner.name} {owner.uid}"
    audit = {"outcome": "generated", "made-by": made_by, "let-in": owner.let_in, "bundle-revision": revision}
    return Answer(True, audit=audit | ({"entry-id": entry} if entry else {}))


def _needing(file: File) -> Iterator[tuple[str, Enforcement]]:
    yield from ((group.control["id"], group.enforcement) for group in file.groups)
    yield from ((id, unread.enforcement) for unread in file.unread for id in unread.controls)


def _message(request: Request, decided: Decided, file: File) -> str:
    groups = [group for group in file.groups if group.enforcement == "deny"]
    unread = [one for one in file.unread if one.enforcement == "deny"]
    lines = [f"profile {decided.body['profile']['id']} denies {_named(request)}"]
    for group in groups[:_GROUPS]:
        lines += _group(group, decided.path)
    if more := [group.control["id"] for group in groups[_GROUPS:]]:
        lines.append(f"and {len(more)} more: {', '.join(more)}")
    for one in unread[:_GROUPS]:
        lines += _untold(one, decided.path)
    lines.append(f"decision {decided.id}" if decided.id else "a dry run: not on record")
    return "\n".join(lines)


def _named(request: Request) -> str:
    name = request.name or "(a name to be made)"
    return printable(f"{request.kind.kind} {f'{request.namespace}/' if request.namespace else ''}{name}", _LINE)


def _group(group: Group, base: str) -> Iterator[str]:
    control = group.control
    yield f"- {control['id']} ({control['severity']}): {control['title']}"
    yield from (f"    {_at(place, base)}" for place in group.places[:_PLACES])
    if (more := len(group.places) - _PLACES) > 0:
        yield f"    and {more} more places"
    yield f"    fix: {fix(control)}"


def _untold(unread: Unread, base: str) -> Iterator[str]:
    yield f"- {', '.join(unread.controls[:_GROUPS])}{' …' if len(unread.controls) > _GROUPS else ''} cannot tell"
    yield from (f"    {_at(place, base)}" for place in unread.places[:_PLACES])
    yield f"    fix: {UNREADABLE}"


def _warnings(file: File, action: Enforcement) -> Iterator[str]:
    """A line for each control that does this."""
    for group in file.groups:
        if group.enforcement == action:
            more = f" and {len(group.places) - 1} more" if len(group.places) > 1 else ""
            yield cut(f"{group.control['id']}: {_at(group.places[0], file.path)}{more}", _LINE)
    for unread in file.unread:
        if unread.enforcement == action:
            yield cut(f"{', '.join(unread.controls)}: {_at(unread.places[0], file.path)}", _LINE)


def _at(place: Located, base: str) -> str:
    """What is wrong, and at which path; the object's own name is left out."""
    path = tuple(place.entry.get("path", ()))
    own = place.entry["resource"]
    where = f"{dotted(path)}: " if path else ""
    return printable(f"{where}{sentence(place, own)}", _LINE)
