"""The parts of an HTML page that hold whatever is told in it: the page itself, a control, and text that stays text."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape

from policyctl.model.printable import printable
from policyctl.model.report import ClauseFacts, ControlFacts


def page(style: str, title: str, body: Iterable[str]) -> str:
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
        f"<title>{text(title)}</title>",
        f"<style>{style}</style>",
        *body,
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def control_article(control: ControlFacts) -> Iterator[str]:
    """Why it is asked, how to put it right, and the clauses that it serves; others link to it by its id."""
    id = text(control["id"])
    yield f'<article id="{id}"><h3>{id} {text(control["title"])} ({text(control["severity"])})</h3>'
    yield f"<p>{prose(control['objective'])}</p><p>{prose(control['rationale'])}</p>"
    yield f"<pre>{_lines(control['remediation'])}</pre>"
    yield f"<ul>{''.join(map(_clause, control['clauses']))}</ul></article>"


def _clause(clause: ClauseFacts) -> str:
    name = text(f"{clause['framework']} {clause['clause']}")
    if (link := clause.get("link", "")).startswith("https://"):
        name = f'<a rel="noopener noreferrer" href="{text(link)}">{name}</a>'
    return f"<li>{name} ({text(clause['covers'])}): {prose(clause['title'])} <i>{prose(clause['because'])}</i></li>"


def _lines(told: str) -> str:
    return "\n".join(text(line) for line in told.rstrip().splitlines())


def prose(told: str) -> str:
    """What a catalog writes over several lines, in one."""
    return text(" ".join(told.split()))


def text(told: str) -> str:
    """Text as text, in an element or between quotes."""
    return escape(printable(told))
