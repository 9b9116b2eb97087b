"""`policyctl control new`: the first files of a control."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from policyctl.cli.output import emit
from policyctl.model.errors import UsageError

_NAME = r"[a-z][a-z0-9_]{1,60}"
_SOME = 12


def new(
    path: Annotated[str, typer.Argument(metavar="FAMILY/NAME", help="Where it belongs: supply_chain/own_registry.")],
    id: Annotated[str | None, typer.Option("--id", help="Its id, such as ORG-001.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="A sentence that is true where it passes.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="The kind of document that it looks at.")] = None,
    severity: Annotated[str | None, typer.Option("--severity", help="critical, high, medium or low.")] = None,
    clause: Annotated[
        str | None, typer.Option("--clause", help="What it serves: 'eu_ai_act: Art. 15(5)'; none for none.")
    ] = None,
    because: Annotated[
        str | None, typer.Option("--because", help="What it looks at of the clause, and what it leaves open.")
    ] = None,
    content: Annotated[
        Path | None, typer.Option("--content", help="Content folder. [default: the first of policyctl.yaml]")
    ] = None,
) -> None:
    """Write a control's catalog entry, rule, tests, example and mapping edge. On a terminal it asks for what no option says.

    Nothing passes by the new control, and one of its tests fails, until the rule is written. Nothing is overwritten.
    """
    from policyctl.workbench import beginning

    family, _, name = path.partition("/")
    if not (re.fullmatch(_NAME, family) and re.fullmatch(_NAME, name)):
        raise UsageError(f"{path!r} is no FAMILY/NAME", hint="small letters, digits and '_': supply_chain/own_registry")
    root = _root(content)
    root.mkdir(parents=True, exist_ok=True)  # one that is listed and not there is an error
    told = _told(id, title, kind, severity, clause, because)
    control = beginning.Beginning(family, name, **told)
    listed = beginning.files(control, root)
    beginning.write(root, listed)
    for file in listed:
        emit(f"written: {root / file}")
    emit(f"next: policyctl control test {control.id} --watch, and write what is wrong into {name}.rego")


def _root(content: Path | None) -> Path:
    from policyctl import settings

    if content:
        return content
    if listed := settings.load({}).content:
        return listed[0]
    raise UsageError(
        "no content folder is configured",
        hint="write content: [policy] into policyctl.yaml, or name one with --content",
    )


def _told(*flags: str | None) -> dict[str, Any]:
    """The answers, checked against what the catalog knows."""
    from typing import get_args

    from policyctl import catalog_access
    from policyctl.catalog.files import CONTROL_ID
    from policyctl.catalog.reading import read_frameworks
    from policyctl.model.decision import SEVERITIES
    from policyctl.model.document import Kind

    id, title, kind, severity, clause, because = flags
    catalog = catalog_access.catalog()
    answers: dict[str, Any] = {"id": _answer("--id", id, "Id (such as ORG-001)")}
    if not re.fullmatch(CONTROL_ID, answers["id"]):
        raise UsageError(f"{answers['id']!r} is no control id", hint="two to five capitals, '-', three digits: ORG-001")
    if taken := catalog["controls"].get(answers["id"]):
        raise UsageError(
            f"{taken['id']} is {taken['family']}/{taken['name']} already", hint="see policyctl control list"
        )
    answers["title"] = _answer("--title", title, "Title (true where it passes)")
    answers["kind"] = _among("--kind", kind, "Kind", get_args(Kind))
    answers["severity"] = _among("--severity", severity, "Severity", SEVERITIES)
    answer = _answer("--clause", clause, "Clause (framework: clause, or none)")
    if answer == "none":
        return answers
    framework, _, number = (part.strip() for part in answer.partition(":"))
    _, clauses, _ = read_frameworks(catalog_access.roots())
    if number not in clauses.get(framework, {}):
        raise UsageError(f"no clause {answer!r}", hint=_clauses(framework, clauses))
    answers |= {"framework": framework, "clause": number}
    answers["because"] = _answer("--because", because, "Because (what it looks at, what it leaves open)")
    return answers


def _clauses(framework: str, known: Mapping[str, Mapping[str, object]]) -> str:
    if framework not in known:
        return f"a framework ({', '.join(sorted(known))}), ':', and an id that policyctl mapping coverage or gaps lists"
    some = list(known[framework])[:_SOME]
    more = ", … (policyctl mapping coverage and gaps list them)" if len(known[framework]) > _SOME else ""
    return f"of {framework} there are {', '.join(some)}{more}"


def _among(option: str, given: str | None, question: str, known: tuple[str, ...]) -> str:
    answer = _answer(option, given, f"{question} ({', '.join(known)})")
    if answer not in known:
        raise UsageError(f"{option}: no {question.lower()} {answer!r}", hint=f"one of {', '.join(known)}")
    return answer


def _answer(option: str, given: str | None, question: str) -> str:
    if given is None and sys.stdin.isatty():
        given = str(typer.prompt(question))
    if given is None or len(given.strip()) < 3:
        wrong = f"{option} is missing" if given is None else f"{option}: {given!r} says nothing"
        raise UsageError(wrong, hint="see policyctl control new --help")
    return given.strip()
