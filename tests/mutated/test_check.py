"""A broken file among good ones, end to end: it is named, nothing takes long or much, and the good one is decided as ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DATA, ROOT
from tests.mutated import judging
from tests.mutated.judging import GOOD, MOST_BYTES, MOST_SECONDS
from tests.mutated.originals import KINDS
from tests.mutated.reading import require_told

BAD = DATA / "bad"
UNDERSTOOD = {
    "model-card-front-matter-is-a-list.md": "a heading of a card, and a gap where its metadata should be",
    "model-card-front-matter-late.md": "a card that begins with prose",
    "model-card-two-front-matters.md": "a card; what follows the first front matter is text",
    "model-card-unclosed-front-matter.md": "a heading of a card, and a gap where its metadata should be",
    "plan-null-fields.json": "null where a plan may leave something out",
    "yaml-norway.yaml": "a ConfigMap with odd labels, read as kubectl reads them",
}
"""The files of the bad corpus that are documents, and what they are. All others are refused."""
SHARE, BULK = 25, 500


def judged(*arguments: str) -> dict[str, Any]:
    """What `judging.py` says; it ends by a signal where one file takes too long."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, judging.__file__, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def corpus(opa_path: str) -> dict[str, Any]:
    """Every file of the bad corpus, named beside a good one; what is packed also unpacked."""
    return judged("corpus", str(BAD))


def test_every_bad_file_is_refused_with_a_message_and_exit_code_2(corpus: dict[str, Any]) -> None:
    refused = {name: one for name, one in corpus["files"].items() if name not in UNDERSTOOD}

    assert len(refused) >= 65
    assert {name: one["exit_code"] for name, one in refused.items()} == dict.fromkeys(refused, 2)
    for one in refused.values():
        for status, message, hint in one["told"]:
            assert status == "error"
            require_told(message, hint)


def test_what_is_understood_among_the_bad_files_does_not_all_pass(corpus: dict[str, Any]) -> None:
    understood = {name: corpus["files"][name] for name in UNDERSTOOD}

    assert {status for one in understood.values() for status, _, _ in one["told"]} == {"decided"}
    assert {name for name, one in understood.items() if one["statuses"] == ["pass"]} == set()


def test_the_good_file_beside_each_is_decided_as_ever(corpus: dict[str, Any]) -> None:
    assert [name for name, one in corpus["files"].items() if not one["good_is_decided_as_ever"]] == []


def test_none_takes_long_or_much(corpus: dict[str, Any]) -> None:
    assert {name: one["seconds"] for name, one in corpus["files"].items() if one["seconds"] > MOST_SECONDS} == {}
    assert {who: peak for who, peak in corpus["peaks"].items() if peak > MOST_BYTES} == {}
    assert corpus["peaks"].keys() == {"policyctl", "opa"}


def test_the_command_names_each_bad_file_and_shows_no_traceback(opa_path: str, tmp_path: Path) -> None:
    bad = sorted(str(file.relative_to(ROOT)) for file in BAD.iterdir() if file.name not in UNDERSTOOD)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "policyctl",
            "check",
            *bad,
            GOOD,
            "--ledger",
            str(tmp_path / "ledger.db"),
            "-o",
            "jsonl",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )

    assert done.returncode == 2
    assert [name for name in bad if name not in done.stdout] == []
    assert "Traceback" not in done.stdout + done.stderr


def broken(kind: str, number: int) -> None:
    """Judges so many mutants, each beside a good file."""
    found = judged("mutants", kind, str(number))

    assert len(found["files"]) >= number
    assert {name: one for name, one in found["files"].items() if one["exit_code"] not in (0, 1, 2, 3)} == {}
    assert [name for name, one in found["files"].items() if not one["good_is_decided_as_ever"]] == []
    assert {name: one["seconds"] for name, one in found["files"].items() if one["seconds"] > MOST_SECONDS} == {}
    assert {who: peak for who, peak in found["peaks"].items() if peak > MOST_BYTES} == {}
    assert {one["exit_code"] == 2 for one in found["files"].values()} == {True, False}


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_file_costs_nothing_but_itself(kind: str, opa_path: str) -> None:
    broken(kind, SHARE)


@pytest.mark.servers
@pytest.mark.parametrize("kind", KINDS)
def test_two_thousand_broken_files_cost_nothing_but_themselves(kind: str, opa_path: str) -> None:
    broken(kind, BULK)
