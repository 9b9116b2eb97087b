"""A control of an organisation's own, small enough to count its mutants by hand: at most three parts are allowed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policyctl.bundles.syntax import located_tree
from policyctl.mutating.mutant import Mutant
from policyctl.mutating.operators import mutants_of

ENTRY = """\
id: ORG-001
title: There are at most three parts
objective: Nobody loses count.
rationale: More than three are not remembered.
severity: low
kinds: [system]
remediation: Take some away.
evidence: The description's digest.
"""
RULE = """\
package policyctl.controls.own.parts

resources := {input.facts.id}

findings contains {"code": "too_many"} if input.facts.parts > 3
"""
TESTS = """\
package policyctl.controls.own.parts_test

import data.policyctl.controls.own.parts as control

test_nine_are_too_many if control.findings == {{"code": "too_many"}} with input as {"facts": {"id": "a", "parts": 9}}

test_one_is_not if control.findings == set() with input as {"facts": {"id": "a", "parts": 1}}
"""
BOUNDARY = """
test_four_are_too_many if count(control.findings) == 1 with input as {"facts": {"id": "a", "parts": 4}}

test_three_are_not if control.findings == set() with input as {"facts": {"id": "a", "parts": 3}}

test_the_system_is_looked_at if control.resources == {"a"} with input as {"facts": {"id": "a", "parts": 1}}
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the control's rules, with tests that leave holes; commands run where the configuration names it."""
    content = tmp_path / "policy"
    rules = content / "rego/policyctl/controls/own/parts"
    rules.mkdir(parents=True)
    (content / "controls_catalog/own").mkdir(parents=True)
    (content / "controls_catalog/own/parts.yaml").write_text(ENTRY)
    (rules / "parts.rego").write_text(RULE)
    (rules / "parts_test.rego").write_text(TESTS)
    (tmp_path / "policyctl.yaml").write_text("content: [policy]\n")
    monkeypatch.chdir(tmp_path)
    return rules


@pytest.fixture
def made(opa_path: str, tmp_path: Path) -> Callable[[str], list[Mutant]]:
    """The mutants of some rules."""

    def parse(rules: str) -> list[Mutant]:
        file = tmp_path / "some.rego"
        file.write_text(f"package some\n\n{rules}\n")
        return mutants_of(located_tree(opa_path, str(file)), file.read_text())

    return parse
