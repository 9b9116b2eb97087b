"""Each format shows a failure of its own kind exactly where the exit code is not 0: nothing passes in silence, no warning fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from lxml import etree
from tap.parser import Parser

from policyctl import plugins
from policyctl.model.document import Input
from policyctl.model.report import Report
from tests.conftest import DATA, EXAMPLES, Run
from tests.reports.agents import azure_commands, github_commands
from tests.reports.handmade import found, report, result, untold

FIXED = str(EXAMPLES / "terraform/credit-scorer-fixed/plan.json")
FAULTY = str(EXAMPLES / "terraform/credit-scorer/plan.json")
MANIFEST = str(EXAMPLES / "kubernetes/vllm-deployment.yaml")
NETWORK = (
    "id: network\ntitle: Network\ndescription: What is not known of networks denies.\n"
    "select: {controls: [SEC-011]}\nundetermined: [medium]\n"
)


def junit(text: str) -> int:
    schema = etree.XMLSchema(etree.parse(DATA / "schemas" / "junit-10.xsd"))
    root = etree.fromstring(text.encode())
    schema.assertValid(root)
    return len(root.findall(".//failure")) + len(root.findall(".//error"))


def tap(text: str) -> int:
    lines = list(Parser().parse_text(text))
    (plan,) = [line for line in lines if line.category == "plan"]
    results = [line for line in lines if line.category == "test"]
    assert not [line for line in lines if line.category == "unknown"]
    assert plan.expected_tests == len(results) > 0
    return sum(not line.ok and not line.todo for line in results)


def sarif(text: str) -> int:
    schema = json.loads((DATA / "schemas" / "sarif-2.1.0-rtm.5.json").read_text())
    jsonschema.Draft4Validator(schema).validate(json.loads(text))
    (run,) = json.loads(text)["runs"]
    return sum(r["level"] == "error" for r in run["results"]) + (not run["invocations"][0]["executionSuccessful"])


def gitlab(text: str) -> int:
    return sum(entry["severity"] in ("blocker", "critical", "major") for entry in json.loads(text))


def html(text: str) -> int:
    classes: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "article":
                classes.append(dict(attrs).get("class") or "")

    Reader().feed(text)
    return classes.count("deny")


FAILURES: dict[str, Callable[[str], int]] = {
    "junit": junit,
    "tap": tap,
    "sarif": sarif,
    "gitlab": gitlab,
    "html": html,
    "github": lambda text: sum(command.name == "error" for command in github_commands(text)),
    "azure": lambda text: sum(command.properties["type"] == "error" for command in azure_commands(text)),
    "jsonl": lambda text: json.loads(text.splitlines()[-1])["exit_code"],
}
"""How many failures a reader of the format sees."""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param([FIXED], 0, id="allowed"),
        pytest.param([FAULTY, "-p", "eu-ai-act-high-risk", "--as-of", "2026-11-01", "--simulate"], 0, id="warned"),
        pytest.param([FAULTY], 1, id="denied"),
        pytest.param([FIXED, "no/such/file.json"], 2, id="one file unreadable"),
        pytest.param(["EMPTY"], 3, id="nothing checked"),
        pytest.param([MANIFEST, "-p", "EMPTY/network.yaml"], 3, id="undetermined denies"),
        pytest.param([FIXED, "--as-of", "2026-11-01"], 3, id="simulated"),
    ],
)
def test_a_failure_is_seen_exactly_where_the_exit_code_is_not_0(
    run: Run, tmp_path: Path, arguments: list[str], code: int
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "network.yaml").write_text(NETWORK)
    outputs = [f"--output={name}={tmp_path / name}" for name in FAILURES]

    ran = run("check", *(word.replace("EMPTY", str(folder)) for word in arguments), *outputs)
    seen = {name: read((tmp_path / name).read_text()) for name, read in FAILURES.items()}

    assert ran.code == code
    assert {name for name, failures in seen.items() if bool(failures) != bool(code)} == set()


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize(
    ("made", "words"),
    [
        pytest.param(report(result("audit", [found()]), outcome="allow", exit_code=0), "it lies about", id="audited"),
        pytest.param(report(result("deny", [found(waiver="W-17")]), outcome="allow", exit_code=0), "W-17", id="waived"),
        pytest.param(
            report(result("warn", (), [untold(code="unreadable")]), outcome="warn", exit_code=0),
            "the room is dark",
            id="a gap, warned",
        ),
        pytest.param(
            report(result("warn", (), [untold()]), outcome="warn", exit_code=0),
            "the room is dark",
            id="not told, warned",
        ),
    ],
)
def test_what_denies_nothing_is_told_and_is_no_failure(name: str, made: Report, words: str) -> None:
    text = plugins.report(name).load()(made)

    assert words in text
    assert FAILURES[name](text) == 0


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize(
    "made",
    [
        pytest.param(report(outcome="none", exit_code=3), id="nothing checked"),
        pytest.param(report(result("deny", (), [untold()], "deny"), exit_code=3), id="undetermined denies"),
        pytest.param(report(result("deny", (), [untold(code="unreadable")], "deny"), exit_code=3), id="a gap denies"),
        pytest.param(
            report(result("deny"), inputs=[Input("a.json", "error", message="cut off")], outcome="allow", exit_code=2),
            id="unreadable",
        ),
        pytest.param(
            report(result("deny"), outcome="allow", exit_code=3, notes=["simulated"]), id="a reason of its own"
        ),
        pytest.param(report(result("deny"), outcome="deny", exit_code=1), id="for no reason that the report holds"),
        pytest.param(
            report(result("deny", [found(waiver="W-17"), found("it smells")]), exit_code=1), id="one of two waived"
        ),
    ],
)
def test_what_allows_nothing_is_a_failure(name: str, made: Report) -> None:
    assert FAILURES[name](plugins.report(name).load()(made)) > 0
