"""Each thing that a run needs is really tried, and what is wrong is named with what mends it and the run's exit code."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, Ran, Run

PLAN = str(EXAMPLES / "terraform/credit-scorer-fixed/plan.json")


def states(ran: Ran) -> dict[str, str]:
    return {check["name"]: check["state"] for check in json.loads(ran.out)["checks"]}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tree").mkdir()
    monkeypatch.chdir(tmp_path / "tree")
    return tmp_path / "tree"


def test_where_all_is_well_every_check_says_what_it_found(run: Run) -> None:
    run("check", PLAN)
    ran = run("doctor", "-o", "json")

    assert set(states(ran)) == {"python", "configuration", "content", "profile", "systems", "engine", "ledger"}
    assert set(states(ran).values()) == {"ok"}
    assert "last entry of" in ran.out
    assert ran.code == 0


def test_a_ledger_that_is_not_there_yet_is_well(run: Run) -> None:
    assert "will be made" in run("doctor", "--ledger", "new.db").out


@pytest.mark.parametrize(
    ("option", "value", "name", "code"),
    [
        ("--profile", "none", "profile", 2),
        ("--ledger", "ftp://x/y", "ledger", 2),
        ("--trusted-config", "nowhere", "configuration", 2),
    ],
)
def test_what_is_wrong_is_named(option: str, value: str, name: str, code: int, run: Run) -> None:
    ran = run("doctor", option, value, "-o", "json")
    (wrong,) = [check for check in json.loads(ran.out)["checks"] if check["state"] == "wrong"]

    assert (wrong["name"], ran.code) == (name, code)
    assert wrong["fix"]
    assert run("check", PLAN, option, value).code == code


def test_an_engine_out_of_reach_is_wrong(run: Run) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        ran = run("doctor", "--opa", f"http://127.0.0.1:{free.getsockname()[1]}", "-o", "json")

    assert (states(ran)["engine"], ran.code) == ("wrong", 4)


def test_a_file_that_is_no_ledger_is_wrong(run: Run, here: Path) -> None:
    (here / "notes.db").write_text("not a database, but long enough to have a header that could be one\n" * 20)

    assert states(run("doctor", "--ledger", "notes.db", "-o", "json"))["ledger"] == "wrong"


@pytest.mark.parametrize("place", ["/proc/new.db", "/proc/version"])
def test_a_ledger_that_cannot_be_written_is_wrong(place: str, run: Run) -> None:
    ran = run("doctor", "--ledger", place, "-o", "json")

    assert (states(ran)["ledger"], ran.code) == ("wrong", 4)


def test_a_configuration_that_cannot_be_read_ends_the_list(run: Run, here: Path) -> None:
    (here / "policyctl.yaml").write_text("profil: baseline\n")
    ran = run("doctor")

    assert "wrong  configuration" in ran.out
    assert "fix: keys: profile" in ran.out
    assert "engine" not in ran.out
    assert ran.code == 2
