"""`--output html`: one file for people, readable on a phone and on paper, that loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files as resources

from policyctl.model.report import ControlFacts, Located, Report
from policyctl.reports.grouping import (
    UNREADABLE,
    File,
    Group,
    Unread,
    counts,
    failed,
    files,
    fix,
    many,
    sentence,
    waiver_lines,
    where,
)
from policyctl.reports.markup import control_article, page, text
from policyctl.reports.notices import troubles, verdict


def render(report: Report, width: int = 0, colour: bool = False) -> str:
    """The report as one HTML document: the verdict, each file, what was not judged, and the controls that had something to say."""
    style = (resources("policyctl.reports") / "report.css").read_text(encoding="utf-8")
    listed = files(report)
    controls = {group.control["id"]: group.control for file in listed for group in file.groups}
    controls |= {id: file.controls[id] for file in listed for unread in file.unread for id in unread.controls}
    body = [*_head(report), *_troubles(report)]
    for file in listed:
        body += _file(file)
    body += _skipped(report)
    if controls:
        body.append("<h2>Why, and how to put it right</h2>")
    for id in sorted(controls):
        body += control_article(controls[id])
    return page(style, f"policyctl: {_outcome(report)}", body)


def _head(report: Report) -> Iterator[str]:
    summary = report.summary
    results = [result for decision in report.decisions for result in decision.results]
    tally = counts(results)
    yield f'<h1>policyctl: <span class="word {summary.outcome}">{text(_outcome(report))}</span></h1>'
    rows = {
        "Result": f"{failed(results)}, {tally['undetermined']} undetermined, {tally['pass']} passed, "
        f"{tally['not_applicable']} did not apply",
        "Judged": f"{many(len(report.decisions), 'decision')} about {many(summary.resources, 'resource')}",
        "Profile": summary.profile,
        "As of": f"{summary.as_of} (simulated)" if summary.simulated else summary.as_of,
        "Bundle": summary.revision,
        "Record": summary.recorded,
        "Exit code": str(summary.exit_code),
    }
    yield f"<dl>{''.join(f'<dt>{name}</dt><dd>{text(value)}</dd>' for name, value in rows.items())}</dl>"
    yield from (f'<p class="dim">{text(line)}</p>' for line in (*waiver_lines(report), *summary.notes))


def _troubles(report: Report) -> Iterator[str]:
    for trouble in troubles(report):
        yield f'<article class="deny"><h3><span class="word">{text(trouble.title)}</span> {text(trouble.file)}</h3>'
        yield f"<p>{text(trouble.text)}</p>" + (f"<p><b>Fix</b> {text(trouble.fix)}</p>" if trouble.fix else "")
        yield "</article>"


def _file(file: File) -> Iterator[str]:
    word = {"none": "nothing looked at"}.get(file.outcome, file.outcome)
    yield f'<h2><span class="word {file.outcome}">{word}</span> {text(file.path)}</h2>'
    tally = counts(result for decision in file.decisions for result in decision.results)
    told = f"{file.kind}, {many(len(file.decisions), 'subject')}: {tally['pass']} passed, {tally['not_applicable']} did not apply"
    yield f'<p class="dim">{text(told)}</p>'
    said = {place.entry.get("reason") for unread in file.unread for place in unread.places}
    for note in sorted({note for decision in file.decisions for note in decision.notes} - said):
        yield f'<p class="dim">{text(note)}</p>'
    for group in file.groups:
        yield from _group(group, file.path)
    for unread in file.unread:
        yield from _cannot_tell(unread, file.path)


def _group(group: Group, path: str) -> Iterator[str]:
    control = group.control
    yield f'<article class="{group.enforcement}"><h3><span class="word">{group.word}</span> {_link(control)}</h3>'
    yield _places(group.places, path)
    clauses = ", ".join(f"{clause['framework']} {clause['clause']}" for clause in control["clauses"])
    yield f'<p><b>Fix</b> {text(fix(control))}</p><p class="dim">{text(clauses)}</p></article>'


def _cannot_tell(unread: Unread, path: str) -> Iterator[str]:
    ids = ", ".join(f'<a href="#{text(id)}">{text(id)}</a>' for id in unread.controls)
    yield f'<article class="{unread.enforcement}"><h3><span class="word">{unread.enforcement}?</span> {ids} cannot tell</h3>'
    yield _places(unread.places, path)
    yield f"<p><b>Fix</b> {text(UNREADABLE)}</p></article>"


def _places(places: Iterable[Located], path: str) -> str:
    items = (f"<li><code>{text(_where(p, path))}</code> {text(sentence(p, path))}</li>" for p in places)
    return f"<ul>{''.join(items)}</ul>"


def _where(place: Located, path: str) -> str:
    """The line alone where it is one of the file in whose section this stands."""
    location = place.location
    here = location is not None and location.file == path and location.line is not None
    return f"line {location.line}" if location and here else where(place, path)


def _skipped(report: Report) -> Iterator[str]:
    if paths := [entry.path for entry in report.inputs if entry.status == "skipped"]:
        yield "<h2>Not looked at</h2>"
        yield f"<ul>{''.join(f'<li><code>{text(path)}</code></li>' for path in paths)}</ul>"


def _link(control: ControlFacts) -> str:
    id = text(control["id"])
    return f'<a href="#{id}">{id}</a> {text(control["title"])} ({text(control["severity"])})'


def _outcome(report: Report) -> str:
    return verdict(report).partition(":")[0]
