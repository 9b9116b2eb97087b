"""JUnit XML: valid by Jenkins' schema, its counts add up, and no text breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from policyctl.model.decision import Enforcement
from policyctl.model.document import Input
from policyctl.model.printable import printable
from policyctl.reports.junit import render
from tests.conftest import DATA, EXAMPLES, Run
from tests.reports.handmade import found, report, result, untold

TEXT = st.text(st.characters(codec=None), min_size=1, max_size=30)


def read(text: str) -> etree._Element:
    root = etree.fromstring(text.encode())
    etree.XMLSchema(etree.parse(DATA / "schemas" / "junit-10.xsd")).assertValid(root)
    return root


@given(TEXT, TEXT)
def test_any_text_is_valid_xml_and_comes_back(message: str, resource: str) -> None:
    made = report(
        result("deny", [found(message, resource=resource)]), inputs=[Input(resource, "error", message=message)]
    )
    root = read(render(made))

    assert root.find(".//failure").get("message") == f"{printable(resource)}: {printable(message)}"
    assert root.find(".//error").get("message") == printable(message)


def test_its_counts_add_up(run: Run) -> None:
    root = read(run("check", str(EXAMPLES), "no/such/file.json", "--output", "junit").out)
    suites = root.findall("testsuite")

    for suite in suites:
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert (
            int(suite.get("errors"))
            == len(suite.findall("testcase/error"))
            == (suite.get("name") == "no/such/file.json")
        )
        assert int(suite.get("skipped")) == len(suite.findall("testcase/skipped"))
    for total in ("tests", "failures", "errors"):
        assert int(root.get(total)) == sum(int(suite.get(total)) for suite in suites)


def test_a_control_is_one_case_in_a_file_whose_worst_place_decides() -> None:
    made = report(
        result("deny", [found("waived", waiver="W-17"), found("not waived", resource="other")], [untold()], "deny")
    )
    (case,) = read(render(made)).findall(".//testcase")

    assert [child.tag for child in case] == ["failure"]
    assert case[0].get("message") == "other: not waived (and 2 more places)"
    assert case[0].text.splitlines() == [
        "deny main.tf:7 other: not waived",
        "deny? main.tf:9 thing: cannot be told: the room is dark",
        "waived main.tf:7 thing: waived (waived: W-17)",
        "fix: Put the thing away",
        "clauses: house_rules 7",
    ]


@pytest.mark.parametrize("enforcement", ["warn", "audit"])
def test_what_does_not_deny_is_skipped_and_no_pass(enforcement: Enforcement) -> None:
    made = report(result(enforcement, [found()]), outcome="warn", exit_code=0)
    (case,) = read(render(made)).findall(".//testcase")

    assert [(child.tag, child.get("type")) for child in case] == [("skipped", enforcement)]


def test_a_control_that_found_nothing_is_a_case_without_more() -> None:
    (case,) = read(render(report(result("deny"), outcome="allow", exit_code=0))).findall(".//testcase")

    assert case.attrib == {"name": "XYZ-001 Things are in order", "classname": "plan.json"}
    assert len(case) == 0
