"""The classification of a system for a terminal: what it is, by which answers, what is missing, what to look at again."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from policyctl.model.classification import ClassFound, Classified, Step
from policyctl.model.printable import printable

_WIDTH = 118
_MARKS = {"yes": "yes", "no": "no", "unknown": "?", "missing": "-"}


def render(system: str, classified: Classified) -> str:
    """The whole result as text: of what is established each answer, of what is excluded a line, of what is open what is needed."""
    return "\n".join(_lines(system, classified)) + "\n"


def _lines(system: str, classified: Classified) -> Iterator[str]:
    yield f"{printable(system)}, as of {classified['as_of']}"
    for status in ("established", "undetermined"):
        found = [one for one in classified["classes"] if one["status"] == status]
        yield from ("", f"classes {status}: {len(found) or 'none'}")
        for one in found:
            yield f"  {_named(one)}: {_since(one)}"
            if status == "established":
                yield from _steps(_own(one["because"]))
    yield from ("", *_excluded(classified["classes"]))
    yield from ("", "roles")
    for role in classified["roles"]:
        if role["status"] != "excluded":
            yield f"  {role['role']}: {role['status']}"
            if role["status"] == "established":
                yield from _steps(role["because"])
    ruled_out = [role["role"] for role in classified["roles"] if role["status"] == "excluded"]
    if ruled_out:
        yield from _wrapped("  ", f"excluded: {', '.join(ruled_out)}")
    yield from _notes(classified)
    yield from ("", "every class and role is determined" if classified["decided"] else "not everything is determined")


def _notes(classified: Classified) -> Iterator[str]:
    if classified["exemptions"]:
        yield from ("", "exemptions")
        for exemption in classified["exemptions"]:
            yield from _wrapped("  ", f"{exemption['clause']}, {exemption['status']}: {exemption['effect']}")
    if classified["needed"]:
        yield from ("", f"needed: {len(classified['needed'])}")
        for needed in classified["needed"]:
            yield from _wrapped("  ", f"{needed['question']} ({needed['clause']}): {needed['why']}")
            yield from _wrapped("    ", needed["text"])
            yield from _wrapped("    ", f"for {', '.join(needed['for'])}")
    if classified["review"]:
        yield from ("", f"to review: {len(classified['review'])}")
        for review in classified["review"]:
            yield from _wrapped("  ", f"{review['about']} ({review['clause']}): {review['why']}")


def _named(one: ClassFound) -> str:
    return f"{one['class']} by {one['route']}"


def _since(one: ClassFound) -> str:
    """When its clause applies. It is not said to bind: transition rules may spare a system."""
    return f"{one['clause']} applies{'' if one['applies'] else ' only'} from {one['applies_from']}"


def _excluded(classes: Sequence[ClassFound]) -> Iterator[str]:
    found = [one for one in classes if one["status"] == "excluded"]
    yield f"classes excluded: {len(found) or 'none'}"
    for one in found:
        decisive = _own(one["because"])[:2]
        reasons = " / ".join(f"{step['step']} {_MARKS[step['answer']]}" for step in decisive)
        more = len(_own(one["because"])) - len(decisive)
        yield from _wrapped("  ", f"{_named(one)}: {reasons}{f' and {more} more' if more else ''}")


def _own(steps: Sequence[Step]) -> Sequence[Step]:
    """The steps without those about the Act's scope, which are the same for all; these, where there are no others."""
    return [step for step in steps if not step["step"].startswith("scope.")] or steps


def _steps(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        lead = f"    {_MARKS[step['answer']]:<4}{step['clause']:<18} "
        yield from textwrap.wrap(
            printable(step["reason"]), _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)
        )


def _wrapped(indent: str, text: str) -> list[str]:
    return textwrap.wrap(printable(text), _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")
