"""The results of a control's tests, for people and for build servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from policyctl.model.printable import printable
from policyctl.workbench.eroding import Eroded
from policyctl.workbench.outcome import Tested


def table(tests: Sequence[Tested], covered: Mapping[str, float]) -> str:
    """Each control with its tests and examples, each failure with its place, and a last line with the sum."""
    lines = [line for id in sorted({test.control for test in tests}) for line in _control(id, tests, covered)]
    failed = [test for test in tests if not test.passed]
    told = f"{len(tests)} tests of {len({test.control for test in tests})} controls"
    seconds = sum(test.seconds for test in tests)
    return "\n".join([*lines, f"{told}: {f'{len(failed)} failed' if failed else 'all pass'} ({seconds:.1f} s)"])


def _control(id: str, tests: Sequence[Tested], covered: Mapping[str, float]) -> Iterator[str]:
    own = [test for test in tests if test.control == id]
    units = sum(test.sort == "unit" for test in own)
    examples = sum(test.sort == "example" for test in own)
    failed = [test for test in own if not test.passed]
    lines = f"  {covered[id]:.0f} % of lines" if id in covered else ""
    yield f"{'FAIL' if failed else 'pass'}  {id}  {units:3} unit tests  {examples:3} examples{lines}"
    for test in failed:
        first, *more = test.message.splitlines()
        yield f"      {printable(test.place)}  {printable(test.name)}: {printable(first)}"
        yield from (f"          {printable(line)}" for line in more)


def plain(tests: Sequence[Tested], covered: Mapping[str, float]) -> dict[str, Any]:
    """The same for programs: {summary: {controls, tests, failed}, tests: [...], coverage: {id: percent}}."""
    return {
        "summary": {
            "controls": len({test.control for test in tests}),
            "tests": len(tests),
            "failed": sum(not test.passed for test in tests),
        },
        "tests": [
            {
                "control": test.control,
                "sort": test.sort,
                "name": test.name,
                "place": test.place,
                "passed": test.passed,
                "message": test.message,
                "seconds": round(test.seconds, 4),
            }
            for test in tests
        ],
        "coverage": dict(covered),
    }


def junit(tests: Sequence[Tested]) -> str:
    """JUnit XML: a suite for each control, a case for each test."""
    root = Element("testsuites", {"name": "policyctl control test", **_counts(tests)})
    for id in sorted({test.control for test in tests}):
        own = [test for test in tests if test.control == id]
        suite = SubElement(root, "testsuite", {"name": id, **_counts(own)})
        for test in own:
            case = SubElement(suite, "testcase", _case(test))
            if not test.passed:
                first = printable(test.message.splitlines()[0])
                failure = SubElement(case, "failure", {"type": test.sort, "message": first})
                failure.text = "\n".join(printable(line) for line in [test.place, *test.message.splitlines()])
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _case(test: Tested) -> dict[str, str]:
    return {"name": printable(test.name), "classname": f"{test.control}.{test.sort}", "time": f"{test.seconds:.3f}"}


def _counts(tests: Sequence[Tested]) -> dict[str, str]:
    failures = sum(not test.passed for test in tests)
    seconds = sum(test.seconds for test in tests)
    return {"tests": str(len(tests)), "failures": str(failures), "errors": "0", "time": f"{seconds:.3f}"}


def eroded_table(eroded: Sequence[Eroded]) -> str:
    """Each control with how often its failing examples were broken, and each finding that was forgotten."""
    lines = []
    for one in eroded:
        made = f"{one.documents:5} broken documents of {one.examples} failing examples"
        lines.append(f"{'LOST' if one.lost else 'held' if one.documents else '-   '}  {one.control}  {made}")
        lines += [f"      {lost.example.name}: {lost.message} with {printable(lost.mutation)}" for lost in one.lost]
    lost = sum(len(one.lost) for one in eroded)
    without = sum(not one.examples for one in eroded)
    told = f"{sum(one.documents for one in eroded)} broken documents, {lost or 'none'} forgotten"
    return "\n".join([*lines, told + (f"; {without} controls have no failing example" if without else "")])


def eroded_plain(eroded: Sequence[Eroded]) -> dict[str, Any]:
    """The same for programs: {summary: {controls, documents, forgotten}, controls: [{id, examples, documents, forgotten}]}."""
    return {
        "summary": {
            "controls": len(eroded),
            "documents": sum(one.documents for one in eroded),
            "forgotten": sum(len(one.lost) for one in eroded),
        },
        "controls": [
            {
                "id": one.control,
                "examples": one.examples,
                "documents": one.documents,
                "forgotten": [
                    {"example": lost.example.name, "mutation": lost.mutation, "message": lost.message}
                    for lost in one.lost
                ],
            }
            for one in eroded
        ],
    }
