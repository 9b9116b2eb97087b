"""What people paste into their pipelines runs: each snippet's own command, in a tree with a denied plan and in one without."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import EXAMPLES, ROOT

SCRIPTS = Path(sys.executable).parent
DENIED, ALLOWED = "credit-scorer", "credit-scorer-fixed"


def loaded(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text())


def jenkins() -> list[str]:
    return re.findall(r"sh '([^']*)'", (ROOT / "deploy/ci/Jenkinsfile").read_text())


def github() -> list[str]:
    return [step["run"] for step in loaded("deploy/ci/github.yml")["jobs"]["policyctl"]["steps"] if "run" in step]


COMMANDS = {
    "github": github(),
    "gitlab": loaded("deploy/ci/gitlab.yml")["policyctl"]["script"],
    "azure": [step["script"] for step in loaded("deploy/ci/azure-pipelines.yml")["steps"] if "script" in step],
    "jenkins": jenkins(),
    "pre-commit": [loaded(".pre-commit-hooks.yaml")[0]["entry"]],
}
WRITTEN = {
    "github": {"policyctl.html", "policyctl-ledger.db"},
    "gitlab": {"gl-code-quality.json", "policyctl.xml", "policyctl-ledger.db"},
    "azure": {"policyctl.xml", "policyctl-ledger.db"},
    "jenkins": {"policyctl.xml", "policyctl.html", "policyctl-ledger.db"},
    "pre-commit": set(),
}


HOOKS = {hook["id"]: hook for hook in loaded(".pre-commit-hooks.yaml")}


def tree(folder: Path, name: str) -> Path:
    shutil.copytree(EXAMPLES / "terraform" / name, folder / name)
    return folder / name


def bash(script: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{SCRIPTS}:{os.environ['PATH']}", **variables}
    return subprocess.run(
        ["bash", "-e", "-c", script], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("example", "code"), [(DENIED, 1), (ALLOWED, 0)])
def test_the_command_of_a_snippet_fails_the_job_and_writes_what_the_job_keeps(
    name: str, example: str, code: int, tmp_path: Path
) -> None:
    (check,) = [command for command in COMMANDS[name] if "policyctl check" in command]
    where = tree(tmp_path, example)
    before = {path.name for path in where.iterdir()}
    done = bash(check.replace(".policyctl/bin/", ""), where)

    assert done.returncode == code, done.stderr
    assert {path.name for path in where.iterdir()} - before == WRITTEN[name]


@pytest.mark.parametrize("name", ["github", "gitlab", "azure", "jenkins"])
def test_what_a_snippet_keeps_is_what_its_command_writes(name: str) -> None:
    file = {"github": "github.yml", "gitlab": "gitlab.yml", "azure": "azure-pipelines.yml", "jenkins": "Jenkinsfile"}[
        name
    ]
    text = (ROOT / "deploy/ci" / file).read_text()

    assert {written for written in WRITTEN[name] if text.count(written) >= 2} == WRITTEN[name]


def action_step() -> dict[str, Any]:
    step: dict[str, Any] = loaded("action.yml")["runs"]["steps"][1]
    return step


def run_action(where: Path, temporary: Path, paths: str, profile: str = "") -> subprocess.CompletedProcess[str]:
    """The action's own script, with the variables that GitHub would make of its inputs."""
    (temporary / "policyctl").mkdir(exist_ok=True)
    (temporary / "policyctl" / "bin").symlink_to(SCRIPTS)
    inputs = {name: given["default"] for name, given in loaded("action.yml")["inputs"].items()}
    inputs |= {"paths": paths, "profile": profile}
    variables = {
        name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: inputs[match[1]], value)
        for name, value in action_step()["env"].items()
    }
    return bash(action_step()["run"], where, RUNNER_TEMP=str(temporary), **variables)


@pytest.mark.parametrize(("example", "code"), [(DENIED, 1), (ALLOWED, 0)])
def test_the_action_annotates_the_plan_and_fails_the_job(example: str, code: int, tmp_path: Path) -> None:
    done = run_action(tree(tmp_path, example), tmp_path, "plan.json\n ./ \n")

    assert ("::error file=main.tf" in done.stdout) == (code == 1)
    assert (tmp_path / example / "policyctl.sarif").is_file()
    assert done.returncode == code


def test_inputs_of_the_action_are_not_commands(tmp_path: Path) -> None:
    where = tree(tmp_path, ALLOWED)
    done = run_action(where, tmp_path, "plan.json $(touch${IFS}harm);touch harm --simulate", profile="$(touch harm)")

    assert done.returncode == 2
    assert not (where / "harm").exists()


def test_no_input_stands_in_a_script() -> None:
    assert not [step["run"] for step in loaded("action.yml")["runs"]["steps"] if "${{" in step["run"]]


def test_the_hook_for_content_fails_where_it_does_not_hold_together(tmp_path: Path) -> None:
    hook = HOOKS["policyctl-control-lint"]
    begun = 'policyctl control new own/thing --id ORG-777 --title "Things are good" --kind system --severity low --clause none'
    (tmp_path / "policyctl.yaml").write_text("content: [policy]\n")
    assert bash(begun, tmp_path).returncode == 0
    good = bash(hook["entry"], tmp_path)
    (tmp_path / "policy/rego/policyctl/controls/own/thing/thing_test.rego").unlink()
    bad = bash(hook["entry"], tmp_path)

    assert (good.returncode, bad.returncode) == (0, 1), good.stdout + good.stderr
    assert "ORG-777: no tests" in bad.stdout


@pytest.mark.parametrize("id", HOOKS)
def test_a_hook_judges_the_whole_tree_once(id: str) -> None:
    assert HOOKS[id]["language"] == "python"
    assert HOOKS[id]["pass_filenames"] is False
    assert HOOKS[id]["require_serial"] is True


@pytest.mark.parametrize(
    ("id", "file", "runs"),
    [
        ("policyctl", "plan.json", True),
        ("policyctl", "main.py", False),
        ("policyctl-control-lint", "policy/rego/policyctl/controls/own/thing/thing.rego", True),
        ("policyctl-control-lint", "policy/controls_catalog/own/thing.yaml", True),
        ("policyctl-control-lint", "README.md", False),
    ],
)
def test_a_hook_runs_where_a_file_of_its_own_changes(id: str, file: str, runs: bool) -> None:
    assert bool(re.search(HOOKS[id]["files"], file)) == runs
