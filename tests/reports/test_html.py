"""The HTML page: whole in one file, nothing in it loads or runs, and it says all that a reader needs."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

from hypothesis import given

from policyctl.model.document import Input
from policyctl.model.printable import printable
from policyctl.reports.html import render
from tests.conftest import EXAMPLES, Run
from tests.reports.handmade import CONTROL, found, report, result, untold
from tests.reports.test_build_agents import PIECES

TAGS = set("html meta title style h1 h2 h3 dl dt dd p b i span a article ul li code pre".split())
EMPTY = {"meta"}
CLOSING_MAY_BE_LEFT_OUT = {"html"}


class Page(HTMLParser):
    """Tags with their attributes, and the text without the style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.style = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.text += data

    def attributes(self, name: str) -> list[str]:
        return [value or "" for _, attributes in self.tags for key, value in attributes.items() if key == name]


@given(PIECES, PIECES, PIECES)
def test_no_text_becomes_markup(message: str, resource: str, path: str) -> None:
    made = report(
        result("deny", [found(message, resource=resource)], [untold(message, resource=resource, code="unreadable")]),
        path=path,
        inputs=[Input(path, "error", message=message, hint=message), Input(path, "skipped")],
        notes=[message],
    )
    page = Page(render(made))

    assert {tag for tag, _ in page.tags} <= TAGS
    assert not [key for _, attributes in page.tags for key in attributes if key.startswith("on")]
    assert set(page.attributes("href")) == {"#XYZ-001", "https://rules.example/7"}
    assert printable(message) in page.text
    assert page.open == []


def test_nothing_in_it_loads_or_runs(run: Run) -> None:
    page = Page(run("check", str(EXAMPLES), "--output", "html").out)

    assert {tag for tag, _ in page.tags} <= TAGS
    assert not page.attributes("src")
    assert not page.attributes("style")
    assert not re.search(r"url\(|@import|expression", page.style)
    assert all(link.startswith(("#", "https://")) for link in page.attributes("href"))


def test_its_own_policy_allows_its_style_and_nothing_else(run: Run) -> None:
    page = Page(run("check", str(EXAMPLES), "--output", "html").out)
    (policy,) = [a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()

    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_it_fits_a_phone_and_paper(run: Run) -> None:
    page = Page(run("check", str(EXAMPLES), "--output", "html").out)

    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in [a for _, a in page.tags]
    assert "@media print" in page.style
    assert "overflow-wrap: anywhere" in page.style


def test_it_has_every_finding_and_each_controls_clauses_and_remediation(run: Run) -> None:
    decisions = json.loads(run("check", str(EXAMPLES), "--output", "json").out)["decisions"]
    page = Page(run("check", str(EXAMPLES), "--output", "html").out)
    words = " ".join(page.text.split())
    results = [r for d in decisions for r in d["results"] if r["findings"] or r["undetermined"]]

    assert len(results) > 20
    for told in results:
        control = told["control"]
        assert all(finding["message"] in words for finding in told["findings"])
        assert all(f"{clause['framework']} {clause['clause']}" in words for clause in control["clauses"])
        assert " ".join(control["remediation"].split()) in words
        assert control["id"] in page.attributes("id")
        assert f"#{control['id']}" in page.attributes("href")


def test_the_lines_of_a_remediation_keep_their_indentation() -> None:
    assert f"\n{CONTROL['remediation'].splitlines()[1]}" in Page(render(report(result("deny", [found()])))).text


def test_only_a_link_of_the_web_is_a_link() -> None:
    clause = CONTROL["clauses"][0]
    hostile = {**CONTROL, "clauses": [{**clause, "link": "javascript:evil()"}]}
    made = report(result("deny", [found()]))
    object.__setattr__(made.decisions[0].results[0], "control", hostile)

    assert Page(render(made)).attributes("href") == ["#XYZ-001"]


def test_nothing_checked_is_the_first_thing_that_it_says() -> None:
    text = Page(render(report(outcome="none", exit_code=3))).text

    assert "policyctl: nothing checked" in text
    assert "XYZ-001: no plan among the inputs" in text
