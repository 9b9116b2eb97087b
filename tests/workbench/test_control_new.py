"""`control new`: what it writes holds together, passes nothing, and has exactly one test that fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from policyctl.model.document import KINDS
from tests.conftest import Run

FLAGS = {
    "--id": "ORG-777",
    "--title": "Things are good",
    "--kind": "kubernetes_object",
    "--severity": "high",
    "--clause": "eu_ai_act: Art. 15(5)",
    "--because": "Looks at things; the rest: left open.",
}


def arguments(path: str = "own/thing", **changes: str | None) -> list[str]:
    flags = FLAGS | {f"--{name}": value for name, value in changes.items()}
    return ["control", "new", path, *(word for flag, value in flags.items() if value for word in (flag, value))]


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "policyctl.yaml").write_text("content: [policy]\n")
    folder = tmp_path / "policy"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_holds_together_and_one_test_fails(run: Run, kind: str) -> None:
    assert run(*arguments(kind=kind)).code == 0
    assert run("control", "lint").code == 0
    done = run("control", "test", "ORG-777", "--output", "json")
    failed = [test["name"] for test in json.loads(done.out)["tests"] if not test["passed"]]

    assert (done.code, failed) == (1, ["test_what_is_wrong_is_a_finding"])
    assert len(json.loads(done.out)["tests"]) == 3


def test_nothing_passes_by_it(run: Run, content: Path) -> None:
    run(*arguments())
    example = content / "controls_catalog/own/thing/examples/undetermined/pod.yaml"
    done = run("check", str(example), "--no-record", "--output", "json")
    (result,) = [r for r in json.loads(done.out)["decisions"][0]["results"] if r["control"]["id"] == "ORG-777"]

    assert result["status"] == "undetermined"


def test_the_edge_stands_under_its_clause(run: Run, content: Path) -> None:
    run(*arguments())
    run(*arguments("own/other", id="ORG-778"))
    run(*arguments("own/third", id="ORG-779", clause="eu_ai_act: Art. 12(1)"))
    clauses = yaml.safe_load((content / "mappings/eu_ai_act.yaml").read_text())["clauses"]

    assert {edge["control"] for edge in clauses["Art. 15(5)"]} == {"ORG-777", "ORG-778"}
    assert clauses["Art. 12(1)"] == [{"control": "ORG-779", "covers": "supports", "because": FLAGS["--because"]}]
    assert run("control", "lint").code == 0


def test_it_may_serve_no_clause(run: Run, content: Path) -> None:
    assert run(*arguments(clause="none", because=None)).code == 0
    assert not (content / "mappings").exists()


@pytest.mark.parametrize(
    ("path", "changes", "message"),
    [
        ("thing", {}, "is no FAMILY/NAME"),
        ("own/../thing", {}, "is no FAMILY/NAME"),
        ("Own/thing", {}, "is no FAMILY/NAME"),
        ("own/thing", {"id": None}, "--id is missing"),
        ("own/thing", {"id": "org-1"}, "is no control id"),
        ("own/thing", {"id": "SEC-001"}, "SEC-001 is security/serving_encryption already"),
        ("own/thing", {"kind": "pod"}, "--kind: no kind 'pod'"),
        ("own/thing", {"severity": "dire"}, "--severity: no severity 'dire'"),
        ("own/thing", {"clause": "eu_ai_act: Art. 999"}, "no clause 'eu_ai_act: Art. 999'"),
        ("own/thing", {"clause": "Art. 15(5)"}, "no clause 'Art. 15(5)'"),
        ("own/thing", {"because": None}, "--because is missing"),
        ("own/thing", {"title": " "}, "--title: ' ' says nothing"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    run: Run, content: Path, path: str, changes: dict[str, str | None], message: str
) -> None:
    done = run(*arguments(path, **changes))

    assert done.code == 2
    assert message in done.err
    assert list(content.rglob("*")) == []


def test_what_is_there_is_not_overwritten(run: Run, content: Path) -> None:
    run(*arguments())
    rule = content / "rego/policyctl/controls/own/thing/thing.rego"
    rule.write_text("package policyctl.controls.own.thing\n\nresources := set()\n\nfindings := set()\n")
    before = rule.read_text()
    done = run(*arguments(id="ORG-778"))

    assert done.code == 2
    assert "there is already" in done.err
    assert rule.read_text() == before


@pytest.mark.parametrize("path", ["examples/thing", "own/examples"])
def test_a_control_may_be_called_like_the_folder_of_examples(run: Run, path: str) -> None:
    assert run(*arguments(path)).code == 0
    done = run("control", "test", "ORG-777", "--output", "json")

    assert [test["name"] for test in json.loads(done.out)["tests"] if not test["passed"]] == [
        "test_what_is_wrong_is_a_finding"
    ]


def test_a_framework_that_nothing_is_mapped_to_yet_has_its_clauses(run: Run, content: Path) -> None:
    frameworks = content / "mappings" / "frameworks"
    frameworks.mkdir(parents=True)
    (frameworks / "own.yaml").write_text("framework: {id: own, title: Own}\nclauses: [{id: '7', text: Say it.}]\n")

    assert run(*arguments("own/said", clause="own: 7", because="Looks at whether it is said.")).code == 0
    assert "'7':" in (content / "mappings" / "own.yaml").read_text()
