"""`--output junit`: JUnit XML as Jenkins, GitLab and Azure read it. A suite for each file, a case for each control.

Source: junit-10.xsd of Jenkins' xUnit plugin, by which pytest's reports are checked too.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from policyctl.model.printable import printable
from policyctl.model.report import Report
from policyctl.reports.cases import Case, cases
from policyctl.reports.notices import RUN, verdict

_ELEMENT = {"failed": "failure", "error": "error", "warn": "skipped", "audit": "skipped", "skipped": "skipped"}
"""A finding that only warns is skipped: no failure, and no pass either."""


def render(report: Report, width: int = 0, colour: bool = False) -> str:
    """The report as one `testsuites` element."""
    listed = cases(report)
    by_suite: dict[str, list[Case]] = {}
    for case in listed:
        by_suite.setdefault(case.suite, []).append(case)
    seconds = f"{report.summary.duration:.3f}"
    root = Element("testsuites", {"name": RUN, "time": seconds, **_counts(listed)})
    for suite, of_suite in by_suite.items():
        _suite(root, suite, of_suite, report)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, name: str, listed: Sequence[Case], report: Report) -> None:
    skipped = sum(_ELEMENT.get(case.verdict) == "skipped" for case in listed)
    suite = SubElement(root, "testsuite", {"name": printable(name), **_counts(listed), "skipped": str(skipped)})
    properties = SubElement(suite, "properties")
    SubElement(properties, "property", {"name": RUN, "value": printable(verdict(report))})
    for case in listed:
        element = SubElement(suite, "testcase", {"name": printable(case.name), "classname": printable(name)})
        if case.verdict in _ELEMENT:
            told = SubElement(
                element, _ELEMENT[case.verdict], {"type": case.verdict, "message": printable(case.message)}
            )
            told.text = "\n".join(printable(line) for line in case.lines)


def _counts(listed: Sequence[Case]) -> dict[str, str]:
    counted = {"tests": len(listed)}
    counted["failures"] = sum(case.verdict == "failed" for case in listed)
    counted["errors"] = sum(case.verdict == "error" for case in listed)
    return {name: str(number) for name, number in counted.items()}
