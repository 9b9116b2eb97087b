"""`--output html`: one file for people, readable on a phone and on paper, that loads nothing and runs nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files as resources

from policyctl.model.printable import printable
from policyctl.model.report import ClauseFacts, ControlFacts, Located, Report
from policyctl.reports.grouping import File, Group, counts, files, fix, many, sentence, where
from policyctl.reports.notices import troubles, verdict


def render(report: Report, width: int = 0, colour: bool = False) -> str:
    """The report as one HTML document: the verdict, each file, what was not judged, and the controls that had something to say."""
    style = (resources("policyctl.reports") / "report.css").read_text(encoding="utf-8")
    listed = files(report)
    controls = {group.control["id"]: group.control for file in listed for group in file.groups}
    body = [*_head(report), *_troubles(report)]
    for file in listed:
        body += _file(file)
    body += _skipped(report)
    if controls:
        body.append("<h2>Why, and how to put it right</h2>")
    for id in sorted(controls):
        body += _control(controls[id])
    return _page(style, f"policyctl: {_outcome(report)}", body)


def _page(style: str, title: str, body: Iterable[str]) -> str:
    """Only this style, by its digest, is allowed by the page's own content security policy: no script, image, font or form."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_text(title)}</title>",
        f"<style>{style}</style>",
        *body,
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _head(report: Report) -> Iterator[str]:
    summary = report.summary
    tally = counts(result for decision in report.decisions for result in decision.results)
    yield f'<h1>policyctl: <span class="word {summary.outcome}">{_text(_outcome(report))}</span></h1>'
    rows = {
        "Result": f"{tally['fail']} failed, {tally['undetermined']} undetermined, {tally['pass']} passed, "
        f"{tally['not_applicable']} did not apply",
        "Judged": f"{many(len(report.decisions), 'decision')} about {many(summary.resources, 'resource')}",
        "Profile": summary.profile,
        "As of": f"{summary.as_of} (simulated)" if summary.simulated else summary.as_of,
        "Bundle": summary.revision,
        "Record": summary.recorded,
        "Exit code": str(summary.exit_code),
    }
    yield f"<dl>{''.join(f'<dt>{name}</dt><dd>{_text(value)}</dd>' for name, value in rows.items())}</dl>"
    yield from (f'<p class="dim">{_text(note)}</p>' for note in summary.notes)


def _troubles(report: Report) -> Iterator[str]:
    for trouble in troubles(report):
        yield f'<article class="deny"><h3><span class="word">{_text(trouble.title)}</span> {_text(trouble.file)}</h3>'
        yield f"<p>{_text(trouble.text)}</p>" + (f"<p><b>Fix</b> {_text(trouble.fix)}</p>" if trouble.fix else "")
        yield "</article>"


def _file(file: File) -> Iterator[str]:
    word = {"none": "nothing looked at"}.get(file.outcome, file.outcome)
    yield f'<h2><span class="word {file.outcome}">{word}</span> {_text(file.path)}</h2>'
    tally = counts(result for decision in file.decisions for result in decision.results)
    told = f"{file.kind}, {many(len(file.decisions), 'subject')}: {tally['pass']} passed, {tally['not_applicable']} did not apply"
    yield f'<p class="dim">{_text(told)}</p>'
    for note in sorted({note for decision in file.decisions for note in decision.notes}):
        yield f'<p class="dim">{_text(note)}</p>'
    for group in file.groups:
        yield from _group(group, file.path)


def _group(group: Group, path: str) -> Iterator[str]:
    control = group.control
    yield f'<article class="{group.enforcement}"><h3><span class="word">{group.word}</span> {_link(control)}</h3>'
    places = (f"<li><code>{_text(_where(p, path))}</code> {_text(sentence(p, path))}</li>" for p in group.places)
    yield f"<ul>{''.join(places)}</ul>"
    clauses = ", ".join(f"{clause['framework']} {clause['clause']}" for clause in control["clauses"])
    yield f'<p><b>Fix</b> {_text(fix(control))}</p><p class="dim">{_text(clauses)}</p></article>'


def _where(place: Located, path: str) -> str:
    """The line alone where it is one of the file in whose section this stands."""
    location = place.location
    return f"line {location.line}" if location and location.file == path else where(place, path)


def _skipped(report: Report) -> Iterator[str]:
    if paths := [entry.path for entry in report.inputs if entry.status == "skipped"]:
        yield "<h2>Not looked at</h2>"
        yield f"<ul>{''.join(f'<li><code>{_text(path)}</code></li>' for path in paths)}</ul>"


def _control(control: ControlFacts) -> Iterator[str]:
    id = _text(control["id"])
    yield f'<article id="{id}"><h3>{id} {_text(control["title"])} ({_text(control["severity"])})</h3>'
    yield f"<p>{_prose(control['objective'])}</p><p>{_prose(control['rationale'])}</p>"
    yield f"<pre>{_lines(control['remediation'])}</pre>"
    yield f"<ul>{''.join(map(_clause, control['clauses']))}</ul></article>"


def _clause(clause: ClauseFacts) -> str:
    name = _text(f"{clause['framework']} {clause['clause']}")
    if (link := clause.get("link", "")).startswith("https://"):
        name = f'<a rel="noopener noreferrer" href="{_text(link)}">{name}</a>'
    return f"<li>{name} ({_text(clause['covers'])}): {_prose(clause['title'])} <i>{_prose(clause['because'])}</i></li>"


def _link(control: ControlFacts) -> str:
    id = _text(control["id"])
    return f'<a href="#{id}">{id}</a> {_text(control["title"])} ({_text(control["severity"])})'


def _outcome(report: Report) -> str:
    return verdict(report).partition(":")[0]


def _lines(text: str) -> str:
    return "\n".join(_text(line) for line in text.rstrip().splitlines())


def _prose(text: str) -> str:
    """What a catalog writes over several lines, in one."""
    return _text(" ".join(text.split()))


def _text(text: str) -> str:
    """Text as text, in an element or between quotes."""
    return escape(printable(text))
