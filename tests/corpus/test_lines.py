"""Every finding points at the right line: looked up again in the files, by other means than the program's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policyctl import pipeline, settings
from policyctl.collectors.reading import read
from policyctl.collectors.terraform import TerraformPlanCollector
from policyctl.context import Context
from policyctl.model.document import Location
from policyctl.model.document import Path as Steps
from policyctl.model.report import Decided
from policyctl.opening import open_run
from tests.conftest import DATA, EXAMPLES
from tests.corpus.written_terraform import block_of, line_of
from tests.corpus.written_yaml import lines_of, object_of

EVERY = str(Path(__file__).parent / "every.yaml")
ROOTS = sorted(
    file.parent
    for folder in (DATA / "terraform", EXAMPLES / "terraform")
    for file in folder.rglob("plan.json")
    if any(file.parent.glob("*.tf"))
)
MANIFESTS = [
    file
    for folder in (DATA / "kubernetes", EXAMPLES / "kubernetes")
    for file in sorted(folder.rglob("*.yaml"))
    if not {"compose", "helm-unrendered", "helm-rendered"} & set(file.parts) and "invalid" not in file.name
]
Place = tuple[str, Steps, Location | None]


@pytest.fixture(scope="module")
def decided() -> dict[Path, list[Decided]]:
    """What every control says of every plan whose configuration lies beside it, and of every manifest."""
    told = settings.load({"profile": EVERY}, environment={}, cwd=DATA)
    files = [*(str(root / "plan.json") for root in ROOTS), *map(str, MANIFESTS)]
    with open_run(told) as run:
        report = pipeline.check(files, run, pipeline.Options(record=False), Context("reader", "2026-11-21"))
    by_file: dict[Path, list[Decided]] = {}
    for decision in report.decisions:
        by_file.setdefault(Path(decision.path).resolve(), []).append(decision)
    return by_file


def places(decision: Decided) -> Iterator[Place]:
    """The resource, the path and the place of everything that is said about a part of the subject."""
    for result in decision.results:
        for one in (*result.findings, *result.undetermined):
            if one.entry["resource"] != decision.body["subject"]["id"] or result.findings:
                yield one.entry["resource"], tuple(one.entry.get("path", ())), one.location


def test_there_are_plans_with_their_configuration() -> None:
    assert len(ROOTS) >= 15


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: str(root.relative_to(root.parents[1])))
def test_a_finding_on_a_plan_points_into_the_configuration(root: Path, decided: dict[Path, list[Decided]]) -> None:
    (decision,) = decided[(root / "plan.json").resolve()]
    wrong = {}
    for resource, path, location in places(decision):
        block = block_of(resource, root)
        steps = [step for word in path[1:] for step in ((word,) if isinstance(word, int) else _words(word))]
        if location is None or (Path(location.file).resolve(), location.line) != (
            block.file.resolve(),
            line_of(block, steps),
        ):
            wrong[resource, path] = (location, line_of(block, steps))

    assert wrong == {}


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: str(root.relative_to(root.parents[1])))
def test_every_attribute_of_a_plan_has_its_line(root: Path) -> None:
    """Whether a control finds something there or not: all that a finding may ever point to."""
    (read_plan,) = TerraformPlanCollector().collect([read(str(root / "plan.json"))])
    (subject,) = read_plan.subjects
    every = [one for listed in subject.facts["resources"].values() for one in listed]
    configured = {
        re.sub(r"\[[^]]*\]", "", one["address"]): one for one in every if one["action"] not in ("delete", "forget")
    }
    wrong = {}
    for resource in configured.values():
        block = block_of(resource["address"], root)
        for path in [(), *_paths(resource["values"], ())]:
            location = subject.locate(resource["address"], ("values", *path))
            if location is None or (Path(location.file).resolve(), location.line) != (
                block.file.resolve(),
                line_of(block, path),
            ):
                wrong[resource["address"], path] = (location, line_of(block, path))

    assert configured or not every
    assert wrong == {}


def test_a_finding_on_a_manifest_points_at_its_key(decided: dict[Path, list[Decided]]) -> None:
    wrong = {}
    looked_at = 0
    for file in MANIFESTS:
        for decision in decided.get(file.resolve(), ()):
            node = object_of(file, decision.body["subject"]["id"])
            for result in decision.results:
                for one in result.findings:
                    expected = lines_of(node, one.entry["resource"], one.entry.get("path", ()))
                    looked_at += 1
                    if one.location is None or one.location.line not in expected:
                        wrong[file.name, one.entry["resource"], tuple(one.entry["path"])] = (one.location, expected)

    assert looked_at > 300
    assert wrong == {}


def _paths(value: Any, path: Steps) -> Iterator[Steps]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in members:
        yield (*path, key)
        yield from _paths(inner, (*path, key))


def _words(dotted: str) -> list[str | int]:
    return [int(word) if word.isdecimal() else word for word in dotted.split(".")]
