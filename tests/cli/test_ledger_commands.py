"""Names that a user types at `policyctl ledger`: a wrong one is a usage error, and the ledger is well."""

from __future__ import annotations

import json

import pytest

from tests.conftest import EXAMPLES, Run

CARD = str(EXAMPLES / "model_cards/whisper.md")


@pytest.mark.parametrize("command", ["show", "prove", "replay"])
@pytest.mark.parametrize("name", ["99", "ffff", "not-an-id"])
def test_an_entry_that_is_not_there_is_a_usage_error(run: Run, command: str, name: str) -> None:
    run("check", CARD)
    ran = run("ledger", command, name)

    assert ran.code == 2
    assert "policyctl ledger list" in ran.err


def test_a_kind_that_no_entry_has_is_a_usage_error_that_names_the_kinds(run: Run) -> None:
    run("check", CARD)
    ran = run("ledger", "list", "--kind", "waivr")

    assert ran.code == 2
    assert "decision, admission, ingested, erasure" in ran.err


def test_a_kind_of_which_there_is_no_entry_yet_lists_none(run: Run) -> None:
    run("check", CARD)

    assert json.loads(run("ledger", "list", "--kind", "erasure", "--output", "json").out)["entries"] == []
    assert len(json.loads(run("ledger", "list", "--kind", "decision", "--output", "json").out)["entries"]) == 1


def test_a_simulation_is_listed_as_one(run: Run) -> None:
    run("check", CARD)
    run("check", CARD, "--as-of", "2027-12-02")
    simulated, real = run("ledger", "list").out.splitlines()[1:]

    assert ", simulated" in simulated
    assert "simulated" not in real


@pytest.mark.parametrize(
    ("address", "why"),
    [("http://127.0.0.1:1", "connection refused"), ("http://policyctl.invalid", "")],
)
def test_an_opa_that_cannot_be_reached_is_said_in_a_sentence(run: Run, address: str, why: str) -> None:
    ran = run("check", CARD, "--opa", address)

    assert ran.code == 4
    assert f"OPA at {address} cannot be reached: {why}" in ran.err
    assert "urllib3" not in ran.err
    assert "Max retries" not in ran.err
    assert "fix: is OPA running" in ran.err
