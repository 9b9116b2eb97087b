"""A control of an organisation's own: a container must name its owner in an environment variable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ENTRY = """\
id: ORG-001
title: Containers name their owner
objective: Whoever finds a container knows whom to ask.
rationale: Without it nobody is asked.
severity: low
kinds: [kubernetes_object]
remediation: Set OWNER in env.
evidence: The manifest's digest.
"""
RULE = """\
package policyctl.controls.own.owner

import data.policyctl.lib.kubernetes

resources := kubernetes.workloads

findings contains finding if {
	some container in kubernetes.containers
	not _owned(container)
	finding := {"code": "no_owner", "resource": input.facts.id, "message": "nobody owns it", "path": []}
}

undetermined contains entry if some entry in kubernetes.unreadable

_owned(container) if {
	some variable in container.env
	variable.name == "OWNER"
}
"""
TEST = """\
package policyctl.controls.own.owner_test

import data.policyctl.controls.own.owner as control
import data.policyctl.testing.kubernetes as make

test_a_container_without_an_owner_is_a_finding if {
	{finding.code | some finding in control.findings} == {"no_owner"} with input as make.object_of({"containers": [make.container({})]}, {})
}
"""


def pod(env: str) -> str:
    """A pod's manifest."""
    return f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec:\n  containers: [{{name: c, image: a/b, env: {env}}}]\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration that lists the control's content folder; commands run in it."""
    content = tmp_path / "policy"
    rules = content / "rego/policyctl/controls/own/owner"
    rules.mkdir(parents=True)
    (content / "controls_catalog/own").mkdir(parents=True)
    (content / "controls_catalog/own/owner.yaml").write_text(ENTRY)
    (rules / "owner.rego").write_text(RULE)
    (rules / "owner_test.rego").write_text(TEST)
    (tmp_path / "policyctl.yaml").write_text("content: [policy]\n")
    monkeypatch.chdir(tmp_path)
    return content


@pytest.fixture
def example(own: Path) -> Callable[[str, str], Path]:
    """Writes an example of that control: "pass/pod.yaml" and its text."""

    def write(name: str, text: str) -> Path:
        file = own / "controls_catalog/own/owner/examples" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    return write
