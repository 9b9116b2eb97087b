"""`control try`: what one control says of one file, and what each line of its rules saw."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.conftest import EXAMPLES, Run
from tests.workbench.conftest import pod


def tried(run: Run, *arguments: str) -> tuple[str, dict[str, tuple[int, int]], dict[str, list[Any]]]:
    """The status of the one subject; how often each line held and was asked, by its text; the values of variables by name."""
    (subject,) = json.loads(run("control", "try", *arguments, "--output", "json").out)["subjects"]
    lines = {line["text"].strip(): (line["held"], line["asked"]) for line in subject["lines"]}
    values = {name: found for line in subject["lines"] for name, found in line["values"].items()}
    return subject["status"], lines, values


def test_the_lines_that_made_a_finding_are_told_apart(run: Run, own: Path, tmp_path: Path) -> None:
    assert own
    (tmp_path / "pod.yaml").write_text(pod("[{name: TEAM, value: ml}]"))
    status, lines, values = tried(run, "ORG-001", "pod.yaml")

    assert status == "fail"
    assert lines["not _owned(container)"] == (1, 1)
    assert lines['variable.name == "OWNER"'] == (0, 1)
    assert values["variable"][0]["name"] == "TEAM"


def test_a_condition_that_does_not_hold_ends_the_rule(run: Run, own: Path, tmp_path: Path) -> None:
    assert own
    (tmp_path / "pod.yaml").write_text(pod("[{name: TEAM, value: ml}, {name: OWNER, value: ml}]"))
    status, lines, _ = tried(run, "ORG-001", "pod.yaml")

    assert status == "pass"
    assert lines["not _owned(container)"] == (0, 1)
    assert lines['variable.name == "OWNER"'] == (1, 2)
    assert 'finding := {"code": "no_owner"' not in "".join(lines)


def test_people_see_status_findings_and_lines(run: Run, own: Path, tmp_path: Path) -> None:
    assert own
    (tmp_path / "pod.yaml").write_text(pod("[]"))
    out = run("control", "try", "ORG-001", "pod.yaml").out

    assert "fail  ORG-001  Pod.v1/-/p" in out
    assert "finding no_owner: Pod.v1/-/p: nobody owns it" in out
    assert "1 of 1    9    not _owned(container)" in out


def test_a_real_file_with_our_own_control(run: Run) -> None:
    status, lines, _ = tried(run, "OPS-002", str(EXAMPLES / "kubernetes/vllm-deployment.yaml"))

    assert status == "pass"
    assert all(held <= asked for held, asked in lines.values())


def test_secrets_are_not_shown(run: Run, own: Path, tmp_path: Path) -> None:
    assert own
    secret = "hf_" + "a1B2" * 9
    (tmp_path / "pod.yaml").write_text(pod(f"[{{name: HF_TOKEN, value: {secret}}}]"))

    assert secret not in run("control", "try", "ORG-001", "pod.yaml").out


def test_a_file_of_another_kind_is_an_error(run: Run, own: Path) -> None:
    assert own
    done = run("control", "try", "ORG-001", str(EXAMPLES / "model_cards/bloom.md"))

    assert done.code == 2
    assert "holds no kubernetes_object, which is what ORG-001 looks at" in done.err


def test_a_control_that_nobody_knows_is_an_error(run: Run) -> None:
    assert run("control", "try", "ORG-404", "x").code == 2
