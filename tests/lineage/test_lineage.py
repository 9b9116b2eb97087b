"""`policyctl lineage show`: which parts there are, and what is said of each."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from policyctl.lineage import mermaid, svg, tree
from policyctl.lineage.graph import Part, graph
from policyctl.lineage.marking import Marked, marked
from policyctl.model.document import Collected
from policyctl.model.report import ControlFacts, Located, Result
from tests.conftest import DATA, Run

WINE = str(DATA / "releases" / "wine")
RUN = "3c91cd01dfc5472cb0623a64155af64b"


def shown(run: Run, *paths: str) -> dict[str, Any]:
    told = run("lineage", "show", *paths, "--output", "json")
    assert told.code == 0, told.err
    (root,) = json.loads(told.out)["lineages"]
    found: dict[str, Any] = root
    return found


def parts(root: dict[str, Any]) -> list[dict[str, Any]]:
    return [root, *(inner for part in root["parts"] for inner in parts(part))]


def test_every_part_that_the_facts_name_is_drawn(run: Run) -> None:
    found = [(part["stage"], part["name"]) for part in parts(shown(run, WINE))]

    assert found == [
        ("system", "wine-sorting"),
        ("version", "mlflow:wine/1"),
        ("artefact", ""),
        ("card", "tests/data/releases/wine/MODEL_CARD.md"),
        ("run", RUN),
        ("code", "54406578ae42b4c37aef6ff38eaf47578eccdea5"),
        ("dataset", "wine-train bac6d39f"),
        ("dataset", "wine-test 95f7be98"),
        ("evaluation", RUN),
        ("dataset", "wine-test 95f7be98"),
        ("evaluation", "7a38ef243bdc4877974b135afc77e884"),
        ("dataset", "wine-test 95f7be98"),
        ("approval", "Petra Klein (model_risk)"),
        ("approval", "Ivo Santos (product)"),
    ]


def test_what_a_control_says_stands_at_the_part_that_it_is_about(run: Run) -> None:
    by_stage = {part["stage"]: part for part in parts(shown(run, WINE))}

    assert by_stage["artefact"]["state"] == "missing"
    assert "REL-001: the version has no files" in by_stage["artefact"]["said"]
    assert by_stage["code"]["state"] == "failed"
    assert any(text.startswith("REL-003: ") for text in by_stage["code"]["said"])
    assert by_stage["run"] == {**by_stage["run"], "state": "held", "said": []}


def test_an_object_that_takes_this_version_is_a_deployment(run: Run, tmp_path: Path) -> None:
    shutil.copytree(WINE, tmp_path / "wine")
    service = """apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: NAME}
spec: {predictor: {model: {storageUri: 'URI'}}}
"""
    (tmp_path / "a.yaml").write_text(service.replace("NAME", "this").replace("URI", "models:/wine/1"))
    (tmp_path / "b.yaml").write_text(service.replace("NAME", "other").replace("URI", "models:/wine/2"))

    deployed = [part["name"] for part in parts(shown(run, str(tmp_path))) if part["stage"] == "deployment"]

    assert len(deployed) == 1
    assert "this" in deployed[0]


def test_nothing_is_recorded(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.db"

    run("lineage", "show", WINE)

    assert not ledger.exists()
    assert not list(tmp_path.glob("**/ledger.db"))


@pytest.mark.parametrize("output", ["tree", "mermaid", "svg"])
def test_each_drawing_holds_every_part(run: Run, output: str) -> None:
    text = run("lineage", "show", WINE, "--output", output).out

    for word in ("wine-sorting", "mlflow:wine/1", RUN[:12], "wine-test 95f7be98", "Petra Klein", "REL-001"):
        assert word in text or (output == "mermaid" and word == "REL-001")


def test_where_there_is_no_version_of_a_model_that_is_said(run: Run) -> None:
    told = run("lineage", "show", str(DATA / "model_cards" / "bloom.md"))

    assert told.code == 2
    assert "no version of a model" in told.err


def test_what_cannot_be_read_is_said(run: Run) -> None:
    told = run("lineage", "show", f"{WINE}/run.json")

    assert (told.code, "release record" in told.err) == (2, True)


HOSTILE = 'a"]; click n1 "javascript:alert(1)" <script>\x1b[31m`#'


def hostile() -> Marked:
    return Marked("dataset", HOSTILE, "", "failed", (HOSTILE,), ())


def test_names_do_no_harm_in_a_drawing() -> None:
    assert "\x1b" not in tree.render([hostile()])
    (node,) = [line for line in mermaid.render([hostile()]).splitlines() if line.startswith("  n0")]
    assert node.count('"') == 2
    assert "<" not in node
    drawn = ElementTree.fromstring(svg.render([Marked("run", HOSTILE.replace("\x1b", ""), "", "held", (), ())]))
    assert [one.tag.rpartition("}")[2] for one in drawn.iter()] == ["svg", "g", "title", "rect", "text"]


def version(**facts: Any) -> Collected:
    told = {"id": "m/1", "aliases": [], "tags": {}, "evaluations": [], "conflicts": [], **facts}
    return Collected("model", {"id": "m/1", "path": "release.yaml"}, told, ())


def said(path: list[str | int], *, fails: bool = True) -> Result:
    control = ControlFacts(
        id="T-001",
        title="",
        family="",
        name="",
        severity="high",
        objective="",
        rationale="",
        remediation="",
        clauses=[],
    )
    entry: Any = {"resource": "m/1", "path": path, "message": "wrong", "reason": "unclear", "code": "c", "id": "0"}
    located = (Located(entry, None),)
    return Result(
        control, "fail", "deny", "deny", 1, findings=located if fails else (), undetermined=() if fails else located
    )


def states(part: Part, *results: Result, seen: list[list[str]] | None = None) -> dict[str, str]:
    def all_of(one: Marked) -> dict[str, str]:
        return {f"{one.stage} {one.name}".strip(): one.state} | {
            k: v for inner in one.parts for k, v in all_of(inner).items()
        }

    return all_of(marked(part, results, seen or []))


def test_a_dataset_that_the_record_speaks_of_is_the_one_that_the_run_used() -> None:
    facts = {
        "datasets": [{"name": "train", "digest": "d"}, {"name": "other", "digest": "e"}],
        "release": {"datasets": [{"name": "none"}, {"name": "train"}]},
    }

    found = states(graph(version(**facts), "s", ()), said(["release", "datasets", 1, "licence"]))

    assert (found["dataset train d"], found["dataset other e"]) == ("failed", "unseen")


def test_what_cannot_be_told_is_told_apart_from_a_fault() -> None:
    found = states(
        graph(version(run={"id": "r"}, code={"revision": "c"}), "s", ()), said(["code", "dirty"], fails=False)
    )

    assert (found["code c"], found["run r"]) == ("untold", "unseen")


def test_a_part_is_held_only_where_a_control_looked_at_it() -> None:
    part = graph(version(run={"id": "r"}, code={"revision": "c"}), "s", ())

    assert states(part, seen=[["code", "revision"]])["code c"] == "held"
    assert states(part, seen=[["coder"]])["code c"] == "unseen"


def test_what_the_facts_do_not_name_is_missing() -> None:
    found = states(graph(version(), "", ()), seen=[[]])

    assert {key for key, state in found.items() if state == "missing"} == {
        "system",
        "artefact",
        "card",
        "run",
        "code",
        "dataset",
        "evaluation",
        "approval",
    }


def test_what_is_about_nothing_else_is_about_the_version() -> None:
    assert states(graph(version(), "s", ()), said(["conflicts", 0]))["version m/1"] == "failed"
