"""Each setting is shown with the last place that said something about it, and no secret is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran, Run


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tree").mkdir()
    (tmp_path / "system.yaml").write_text("policyctl: system\nid: scoring\n")
    text = "profile: nist-ai-rmf\nledger: own.db\nsystems: [{file: system.yaml, paths: [a/]}]\n"
    (tmp_path / "policyctl.yaml").write_text(text)
    monkeypatch.chdir(tmp_path / "tree")
    return tmp_path


def told(ran: Ran) -> dict[str, tuple[Any, str]]:
    return {row["setting"]: (row["value"], row["source"]) for row in json.loads(ran.out)["settings"]}


def test_the_file_speaks_where_nobody_else_does(run: Run, tree: Path) -> None:
    file = str(tree / "policyctl.yaml")
    shown = told(run("config", "show", "-o", "json"))

    assert shown["profile"] == ("nist-ai-rmf", file)
    assert shown["ledger"] == (str(tree / "own.db"), file)
    assert shown["systems"] == ([{"file": str(tree / "system.yaml"), "paths": ["a/"]}], file)
    assert shown["waivers"] == ([], "default")


def test_a_variable_beats_the_file_and_a_flag_beats_both(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYCTL_PROFILE", "baseline")

    assert told(run("config", "show", "-o", "json"))["profile"] == ("baseline", "POLICYCTL_PROFILE")
    assert told(run("config", "show", "--profile", "iso-42001", "-o", "json"))["profile"] == ("iso-42001", "--profile")


def test_without_a_file_the_defaults_hold(run: Run, tree: Path) -> None:
    (tree / "policyctl.yaml").unlink()
    shown = told(run("config", "show", "-o", "json"))

    assert shown["profile"] == ("baseline", "default")
    assert shown["ledger"][1] == "default"
    assert shown["ledger"][0].endswith("policyctl/ledger.db")


def test_secrets_are_not_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYCTL_OPA_TOKEN", "t0ken-of-mine")
    ran = run(
        "config", "show", "--ledger", "postgresql://me:pa55word@db.example/l", "--opa", "https://u:53cret@opa.example"
    )

    assert "POLICYCTL_OPA_TOKEN" in ran.out
    assert not [secret for secret in ("t0ken-of-mine", "pa55word", "53cret") if secret in ran.out]


def test_under_a_trusted_configuration_its_file_speaks(
    run: Run, tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    trusted = tmp_path_factory.mktemp("trusted")
    (trusted / "policyctl.yaml").write_text("profile: iso-42001\n")
    ran = run("config", "show", "--trusted-config", str(trusted), "-o", "json")

    assert told(ran)["profile"] == ("iso-42001", str(trusted / "policyctl.yaml"))
    assert told(ran)["trusted_config"] == (str(trusted), "--trusted-config")
    assert "a claim without effect" in json.loads(ran.out)["notes"][0]
