"""The policy directory in the real Conftest: on every document of the corpus, what policyctl says, place by place."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from policyctl.bundles.build import Bundle
from policyctl.bundles.export.conftest import exported
from policyctl.bundles.export.folder import write
from tests.bundles.conftest import own
from tests.bundles.export.judged import Judged, Said, judged, write_all
from tests.conftest import ROOT
from tests.go_programs import CONFTEST, go_tool

__all__ = ["own"]
pytestmark = pytest.mark.servers

PROFILES = ("baseline", "eu-ai-act-high-risk", str(ROOT / "tests" / "corpus" / "every.yaml"))
NO_CONTROL = {"not_checked", "simulated"}
"""Messages that are about no control."""


@pytest.fixture(scope="module")
def conftest_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    return go_tool(CONFTEST, tmp_path_factory.mktemp("bin"))


@pytest.fixture
def policy(own: Bundle, tmp_path: Path) -> Path:
    write(tmp_path / "policy", exported(own), force=False)
    return tmp_path / "policy"


def told(conftest: str, policy: Path, files: list[Path]) -> list[Any]:
    """Conftest's results of these files, in their order."""
    options = ["--policy", str(policy), "--parser", "json", "--show-builtin-errors", "--output", "json"]
    ran = subprocess.run([conftest, "test", *options, *map(str, files)], capture_output=True, text=True, check=False)
    assert ran.stdout, ran.stderr
    by_file = {Path(one["filename"]): one for one in json.loads(ran.stdout)}
    return [by_file[file] for file in files]


def messages(result: Any, key: str) -> list[dict[str, Any]]:
    return [one["metadata"] for one in result.get(key) or []]


def said(result: Any) -> list[Said]:
    places = [
        (action, one["control"], one["status"], one["resource"], str(one["path"]))
        for key, action in (("failures", "deny"), ("warnings", "warn"))
        for one in messages(result, key)
        if one["status"] not in NO_CONTROL
    ]
    return sorted(places)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_document_is_told_the_same_of(conftest_path: str, policy: Path, tmp_path: Path, profile: str) -> None:
    pairs = judged(profile)
    results = told(conftest_path, policy, write_all(pairs, tmp_path))

    different = {
        f"{one.document['subject']['path']} {one.document['subject']['id']}": (one.said, said(result))
        for one, result in zip(pairs, results, strict=True)
        if one.said != said(result)
    }
    assert different == {}


def test_the_corpus_holds_what_denies_and_what_warns() -> None:
    pairs = judged("baseline")

    assert len(pairs) > 300
    assert {action for one in pairs for action, *_ in one.said} == {"deny", "warn"}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_document_fails_where_it_is_denied(conftest_path: str, policy: Path, tmp_path: Path, profile: str) -> None:
    pairs = judged(profile)
    results = told(conftest_path, policy, write_all(pairs, tmp_path))

    def outcome(one: Judged) -> str:
        return one.decided.answer["outcome"] if one.decided.looked_at else "not checked"

    def of(result: Any) -> str:
        if result.get("failures"):
            return "deny"
        statuses = {one["status"] for one in messages(result, "warnings")}
        return "not checked" if "not_checked" in statuses else "warn" if statuses else "allow"

    assert [of(result) for result in results] == [outcome(one) for one in pairs]


def test_one_list_of_documents_is_taken_from_standard_input(conftest_path: str, policy: Path) -> None:
    pairs = judged("baseline")
    denied = next(one for one in pairs if one.decided.answer["outcome"] == "deny")
    fine = next(one for one in pairs if one.decided.answer["outcome"] == "allow" and one.decided.looked_at)

    def code(*documents: Judged) -> int:
        listed = json.dumps([one.document for one in documents])
        command = [conftest_path, "test", "--policy", str(policy), "--parser", "json", "-"]
        return subprocess.run(command, input=listed, text=True, capture_output=True, check=False).returncode

    assert (code(fine), code(fine, denied), code(denied)) == (0, 1, 1)
