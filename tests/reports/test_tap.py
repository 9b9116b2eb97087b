"""TAP: read back by a parser of its own, also by one that knows version 13 only."""

from __future__ import annotations

import yaml
from hypothesis import given
from tap.line import Result
from tap.parser import Parser

from policyctl.model.printable import printable
from policyctl.reports.tap import render
from tests.conftest import EXAMPLES, Run
from tests.reports.handmade import found, report, result
from tests.reports.test_build_agents import PIECES


def read(text: str) -> list[Result]:
    return [line for line in Parser().parse_text(text) if line.category == "test"]


def unescaped(text: str) -> str:
    """A description as version 14 reads it, the numbers sign's escape being ours."""
    return text.replace("\\\\", "\\")


@given(PIECES, PIECES)
def test_no_text_makes_a_failure_skipped_or_still_to_do(message: str, path: str) -> None:
    (line,) = read(render(report(result("deny", [found(message)]), path=path)))

    assert not line.ok
    assert not line.skip
    assert not line.todo


@given(PIECES)
def test_the_text_comes_back_from_the_yaml_block(message: str) -> None:
    (line,) = read(render(report(result("deny", [found(message)]))))

    assert line.yaml_block["message"] == f"thing: {printable(message)}"
    assert line.yaml_block["told"].split("\n") == [
        f"deny main.tf:7 thing: {printable(message)}",
        "fix: Put the thing away",
        "clauses: house_rules 7",
        "",
    ]


def test_a_hash_in_a_path_is_no_directive() -> None:
    text = render(report(result("deny", [found()]), path="a # TODO b\\c"))

    assert unescaped(text).splitlines()[3] == r"not ok 1 - a \x23 TODO b\c: XYZ-001 Things are in order"


def test_a_warning_is_not_ok_and_to_do() -> None:
    text = render(report(result("warn", [found()]), outcome="warn", exit_code=0))

    assert "not ok 1 - plan.json: XYZ-001 Things are in order # TODO warn: thing: it lies about" in text.splitlines()


def test_it_begins_with_version_and_plan_and_numbers_its_points(run: Run) -> None:
    lines = run("check", str(EXAMPLES), "no/such/file.json", "--output", "tap").out.splitlines()
    points = [line.removeprefix("not ").split()[1] for line in lines if line.startswith(("ok", "not ok"))]

    assert lines[:2] == ["TAP version 14", f"1..{len(points)}"]
    assert points == [str(number) for number in range(1, len(points) + 1)]


def test_each_yaml_block_is_yaml_by_itself(run: Run) -> None:
    out = run("check", str(EXAMPLES), "--output", "tap").out
    blocks = [block.partition("\n  ...")[0] for block in out.split("\n  ---\n")[1:]]

    assert blocks
    assert all({"severity", "message", "told"} == set(yaml.safe_load(block)) for block in blocks)
