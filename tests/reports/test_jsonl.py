"""JSON Lines: what JSON says, a line each, the summary last."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema

from policyctl.reports.jsonl import render
from tests.conftest import EXAMPLES, Run
from tests.reports.handmade import found, report, result

INPUTS = (str(EXAMPLES), "no/such/file.json")


def kind_and_rest(line: str) -> tuple[str, dict[str, Any]]:
    entry = json.loads(line)
    return entry.pop("type"), entry


def test_each_line_is_valid_by_the_published_schema(run: Run) -> None:
    schema = json.loads((files("policyctl.reports") / "report.schema.json").read_text())
    lines = [kind_and_rest(line) for line in run("check", *INPUTS, "--output", "jsonl").out.splitlines()]

    for kind, entry in lines:
        jsonschema.Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]}).validate(entry)
    assert [kind for kind, _ in lines if kind != "decision"][-2:] == ["input", "summary"]


def test_it_says_what_json_says(run: Run) -> None:
    whole = json.loads(run("check", *INPUTS, "--output", "json").out)
    lines = [kind_and_rest(line) for line in run("check", *INPUTS, "--output", "jsonl").out.splitlines()]

    assert [entry["results"] for kind, entry in lines if kind == "decision"] == [
        d["results"] for d in whole["decisions"]
    ]
    assert [entry for kind, entry in lines if kind == "input"] == whole["inputs"]
    assert lines[-1][1].keys() == whole["summary"].keys()


def test_no_character_of_a_text_ends_a_line() -> None:
    text = render(report(result("deny", [found("a\u2028b\u0085c\nd\x1ce")])))

    assert len(text.splitlines()) == text.count("\n") == 2
    assert json.loads(text.splitlines()[0])["results"][0]["findings"][0]["message"] == "a\u2028b\u0085c\nd\x1ce"
