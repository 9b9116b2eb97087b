"""`control lint`: what a control owes those who rely on it or act on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from policyctl.bundles.syntax import Module, modules_of, parse
from policyctl.model.catalog import Catalog, Control
from policyctl.workbench.owing import owed
from tests.conftest import ROOT, Run

CONTROL: Control = {
    "id": "ORG-001",
    "family": "own",
    "name": "owner",
    "title": "Systems name their owner",
    "objective": "Whoever finds a fault knows whom to ask.",
    "rationale": "Without it nobody is asked.",
    "severity": "low",
    "kinds": ["system"],
    "parameters": {"words": {"type": "integer", "description": "The least number of words.", "default": 1}},
    "remediation": "Name the owner:\n    owner: Retail Risk\n",
    "evidence": "The description's digest.",
}
RULE = """\
package policyctl.controls.own.owner

resources := {input.facts.id}

findings contains {"code": "no_owner"} if input.facts.owner == ""
"""
READS = [["facts", "id"], ["facts", "owner"]]
EXAMPLES = ("pass/a.yaml", "fail.no_owner/b.yaml")


@pytest.fixture
def told(tmp_path: Path, opa_path: str) -> Any:
    """What is owed by the control with these changes."""

    def ask(
        rule: str = RULE, reads: Sequence[Sequence[str]] = READS, examples: Sequence[str] = EXAMPLES, **changes: Any
    ) -> list[str]:
        for name in examples:
            file = tmp_path / "controls_catalog/own/owner/examples" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("systems: [system.yaml]\nattestations: [attestations.yaml]\n")
        modules: dict[str, Module] = modules_of(parse(opa_path, {"owner.rego": rule}))
        catalog: Any = {"controls": {"ORG-001": {**CONTROL, **changes}}, "reads": {"ORG-001": reads}}
        found: Catalog = catalog
        return list(owed(found, modules, (ROOT, tmp_path)))

    return ask


def test_a_control_that_has_all_owes_nothing(told: Any) -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("examples", "missing"),
    [
        (("fail.no_owner/b.yaml",), ["pass/"]),
        (("pass/a.yaml", "undetermined/c.yaml"), ["fail.<code>/"]),
        (("not_applicable/d.yaml",), ["fail.<code>/", "pass/"]),
        ((), ["fail.<code>/", "pass/"]),
    ],
)
def test_an_example_that_passes_and_one_that_fails_are_missed(
    told: Any, examples: tuple[str, ...], missing: list[str]
) -> None:
    assert [sentence.rpartition("examples/")[2] for sentence in told(examples=examples)] == missing


def test_what_is_missing_is_told_with_the_place_where_to_put_it(told: Any) -> None:
    assert told(examples=["pass/a.yaml"]) == [
        "ORG-001: no example shows fail: put a file that does into controls_catalog/own/owner/examples/fail.<code>/"
    ]


def test_of_a_control_that_finds_nothing_one_that_cannot_be_told_is_enough(told: Any) -> None:
    never = "package policyctl.controls.own.owner\n\nfindings := set()\n\nresources := {input.facts.owner}\n"
    (missing,) = told(rule=never, examples=[])

    assert "no example shows undetermined" in missing
    assert told(rule=never, examples=["undetermined/c.yaml"]) == []


def test_attestations_in_an_example_need_its_day(told: Any) -> None:
    (dated,) = told(examples=[*EXAMPLES, "pass/chat/policyctl.yaml"])

    assert "examples/pass/chat holds attestations, which count for a time" in dated
    assert told(examples=["pass/chat/example.yaml"]) == []


@pytest.mark.parametrize("remediation", ["Name the owner.", "Name the owner:\n  owner: Retail Risk\n"])
def test_a_remedy_without_a_worked_example_is_named(told: Any, remediation: str) -> None:
    (named,) = told(remediation=remediation)

    assert named.startswith("ORG-001: controls_catalog/own/owner.yaml: the remediation has no worked example")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"description": "words"}, "parameter words: its description says nothing"),
        ({"description": "Number  TBD"}, "parameter words: its description says nothing"),
        ({"default": "one"}, "parameter words: its default, 'one', is no integer"),
        ({"default": True}, "parameter words: its default, True, is no integer"),
    ],
)
def test_a_parameter_that_is_not_described_or_of_another_type_is_named(
    told: Any, changes: dict[str, Any], said: str
) -> None:
    words = CONTROL["parameters"]["words"]
    (named,) = told(parameters={"words": {**words, **changes}})

    assert said in named


def test_a_fact_of_a_kind_that_the_entry_does_not_list_is_named(told: Any) -> None:
    (named,) = told(kinds=["bom"], reads=[*READS, ["facts", "models"]])

    assert named == "ORG-001: reads input.facts.owner, which no document of bom has: name its kind under kinds"


def test_a_kind_of_which_no_fact_is_read_is_named(told: Any) -> None:
    (named,) = told(kinds=["system", "bom"])

    assert named == "ORG-001: lists the kind bom and reads no fact of it: read one, or take the kind away"
    assert told(kinds=["system", "bom"], reads=[*READS, ["attested"]]) == []


def test_control_lint_says_it(run: Run, own: Path) -> None:
    """A rule about facts of another kind passes whatever comes: only this finds it."""
    entry = own / "controls_catalog/own/owner.yaml"
    entry.write_text(entry.read_text().replace("kubernetes_object", "model_card"))
    done = run("control", "lint")

    assert done.code == 1
    assert "ORG-001: lists the kind model_card and reads no fact of it" in done.out
    assert "ORG-001: no example shows pass: put a file" in done.out
    assert "ORG-001: controls_catalog/own/owner.yaml: the remediation has no worked example" in done.out
