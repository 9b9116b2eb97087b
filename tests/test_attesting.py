"""From a file of attestations to a verdict: what counts, what does not, and that the report says so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyctl.settings import LOCAL
from tests.conftest import Run

SYSTEM = """policyctl: system
id: credit-scoring
owner: Retail Risk
purpose: Ranks applications for credit for a clerk.
roles: [deployer]
classes: [{id: high_risk, route: annex_iii, basis: "Annex III, point 5(b)"}]
"""
EVIDENCE = "Two clerks of each shift.\n"
ATTESTED = """policyctl: attestations
attestations:
  - control: OVS-001
    systems: [credit-scoring]
    conclusion: met
    statement: Two clerks of each shift are assigned.
    by: {name: Maria Keller, role: Head of Retail Risk}
    first_day: 2026-09-15
    last_day: 2027-09-14
    evidence:
      - title: Assignment
        file: assignment.txt
        sha256: DIGEST
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a system, a configuration and an attestation."""
    folder = tmp_path / "tree"
    configure(folder)
    (folder / "system.yaml").write_text(SYSTEM)
    monkeypatch.chdir(folder)
    return folder


def configure(folder: Path, attested: str = ATTESTED) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "assignment.txt").write_text(EVIDENCE)
    (folder / "attested.yaml").write_text(attested.replace("DIGEST", hashlib.sha256(EVIDENCE.encode()).hexdigest()))
    (folder / "policyctl.yaml").write_text("attestations: [attested.yaml]\n")


Checked = Callable[..., dict[str, Any]]


@pytest.fixture
def checked(run: Run) -> Checked:
    """The report of a check of system.yaml under a profile that asks for attestations."""

    def check(*arguments: str) -> dict[str, Any]:
        given = ("check", "system.yaml", "--profile", "nist-ai-rmf", "--output", "json", "--no-record", *arguments)
        ran = run(*given)
        assert ran.out, ran.err
        report: dict[str, Any] = json.loads(ran.out)
        return report

    return check


def result(report: dict[str, Any], control: str) -> dict[str, Any]:
    (decision,) = report["decisions"]
    (found,) = [one for one in decision["results"] if one["control"]["id"] == control]
    return dict(found)


def test_what_is_attested_passes_and_what_is_not_is_undetermined(tree: Path, checked: Checked) -> None:
    report = checked()

    assert result(report, "OVS-001")["status"] == "pass"
    assert result(report, "GOV-010")["status"] == "undetermined"
    assert result(report, "GOV-010")["undetermined"][0]["reason"] == "nobody attests it"
    assert any(LOCAL in note for note in report["summary"]["notes"])


def test_an_attestation_ends_with_its_last_day(tree: Path, checked: Checked) -> None:
    assert result(checked("--as-of", "2027-09-14"), "OVS-001")["status"] == "pass"
    late = result(checked("--as-of", "2027-09-15"), "OVS-001")

    assert late["status"] == "undetermined"
    assert late["undetermined"][0]["reason"] == "the attestation expired on 2027-09-14"
    assert late["undetermined"][0]["location"] == {"file": "attested.yaml", "line": 3}


def test_evidence_that_changed_is_a_finding_and_the_attestation_no_longer_counts(tree: Path, checked: Checked) -> None:
    (tree / "assignment.txt").write_text("Nobody.\n")
    report = checked()

    assert result(report, "OVS-001")["status"] == "undetermined"
    assert [one["code"] for one in result(report, "GOV-008")["findings"]] == ["evidence_changed"]
    assert result(report, "GOV-008")["findings"][0]["location"] == {"file": "attested.yaml", "line": 3}


def test_a_person_who_attests_that_it_is_not_so_is_a_fail(tree: Path, checked: Checked) -> None:
    configure(tree, ATTESTED.replace("conclusion: met", "conclusion: not_met"))

    assert result(checked(), "OVS-001")["status"] == "fail"


def test_what_is_attested_not_to_apply_does_not(tree: Path, checked: Checked) -> None:
    configure(tree, ATTESTED.replace("conclusion: met", "conclusion: not_applicable"))

    assert result(checked(), "OVS-001")["status"] == "not_applicable"


def test_an_attestation_is_of_its_system_only(tree: Path, checked: Checked) -> None:
    (tree / "system.yaml").write_text(SYSTEM.replace("credit-scoring", "credit-scoring-2"))
    report = checked()

    assert result(report, "OVS-001")["status"] == "undetermined"
    assert any(
        "attested.yaml:3: no system 'credit-scoring' is known in this run" in note
        for note in report["summary"]["notes"]
    )


def test_a_file_that_nobody_lists_has_no_effect(tree: Path, checked: Checked, run: Run) -> None:
    (tree / "policyctl.yaml").unlink()
    report = json.loads(run("check", ".", "--profile", "nist-ai-rmf", "--output", "json", "--no-record").out)

    assert result(report, "OVS-001")["status"] == "undetermined"
    assert report["decisions"][0]["notes"] == [LOCAL]
    assert [entry["message"] for entry in report["inputs"] if entry["path"] == "attested.yaml"] == [
        "holds attestations, which are no subject: they count where policyctl.yaml lists them"
    ]


def test_only_trusted_configuration_attests_where_one_is_given(tree: Path, checked: Checked) -> None:
    trusted = tree.parent / "trusted"
    configure(trusted, ATTESTED.replace("OVS-001", "GOV-010"))
    report = checked("--trusted-config", str(trusted))

    assert result(report, "OVS-001")["status"] == "undetermined"
    assert result(report, "GOV-010")["status"] == "pass"


def test_what_the_tree_says_of_roles_and_classes_is_not_believed_beside_a_trusted_configuration(
    tree: Path, checked: Checked
) -> None:
    trusted = tree.parent / "trusted"
    configure(trusted)
    claimed = result(checked("--trusted-config", str(trusted)), "GOV-006")
    (trusted / "system.yaml").write_text(SYSTEM)
    with (trusted / "policyctl.yaml").open("a") as file:
        file.write("systems: [system.yaml]\n")
    agreed = result(checked("--trusted-config", str(trusted)), "GOV-006")

    assert claimed["status"] == "undetermined"
    assert {one["code"] for one in claimed["undetermined"]} == {"claim_without_effect"}
    assert agreed["status"] == "pass"


def test_a_class_other_than_the_configured_one_is_a_claim(tree: Path, checked: Checked) -> None:
    (tree / "known.yaml").write_text(SYSTEM)
    (tree / "policyctl.yaml").write_text("systems: [known.yaml]\n")
    (tree / "system.yaml").write_text(SYSTEM.replace("high_risk, route: annex_iii", "transparency"))
    report = checked()

    assert result(report, "GOV-006")["status"] == "undetermined"
    assert report["decisions"][0]["system"]["classes"][0]["id"] == "high_risk"


def test_in_a_pipeline_the_tree_does_not_attest_for_itself(
    tree: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_SHA", "0" * 40)
    report = checked()

    assert result(report, "OVS-001")["status"] == "undetermined"
    assert any(note.startswith("attestations: a claim without effect") for note in report["summary"]["notes"])


def test_attestations_of_a_trusted_configuration_lie_in_it(tree: Path, run: Run) -> None:
    trusted = tree.parent / "trusted"
    configure(trusted)
    (trusted / "policyctl.yaml").write_text("attestations: [../tree/attested.yaml]\n")
    ran = run("check", "system.yaml", "--trusted-config", str(trusted))

    assert ran.code == 2
    assert "only from within the trusted configuration" in ran.err


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("OVS-001", "OVS-999", "attested.yaml:3: no control 'OVS-999'"),
        ("OVS-001", "SEC-001", "attested.yaml:3: SEC-001 is derived from artefacts: nobody can attest it"),
        ("conclusion: met", "conclusion: met\n    approved: true", "attested.yaml:6: an attestation has no key"),
    ],
)
def test_what_would_count_for_nothing_is_a_usage_error(tree: Path, run: Run, old: str, new: str, what: str) -> None:
    configure(tree, ATTESTED.replace(old, new))
    ran = run("check", "system.yaml")

    assert ran.code == 2
    assert what in ran.err


def test_a_control_is_attested_once_in_all_files(tree: Path, run: Run) -> None:
    (tree / "more.yaml").write_text((tree / "attested.yaml").read_text())
    (tree / "policyctl.yaml").write_text("attestations: [attested.yaml, more.yaml]\n")
    ran = run("check", "system.yaml")

    assert ran.code == 2
    assert "more.yaml:3: OVS-001 is attested for credit-scoring already, in attested.yaml:3" in ran.err


def test_who_attested_what_is_on_record_without_the_secrets_in_it(tree: Path, run: Run) -> None:
    token = "hf_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ"
    configure(tree, ATTESTED.replace("are assigned.", f"are assigned, {token}."))
    document = json.loads(run("gather", "system.yaml").out)
    attested = document["attested"]["oversight"]["oversight_assigned"]

    assert attested["by"] == {"name": "Maria Keller", "role": "Head of Retail Risk"}
    assert attested["statement"] == "Two clerks of each shift are assigned, ."
    assert document["masked"] == ["attested.oversight.oversight_assigned.statement"]
    assert [source["path"] for source in document["sources"]] == ["system.yaml", "attested.yaml"]


def test_the_ledger_keeps_who_attested_what(tree: Path, run: Run) -> None:
    run("check", "system.yaml", "--ledger", "ledger.db")
    entry = json.loads(run("ledger", "list", "--ledger", "ledger.db", "--output", "json").out)["entries"][0]
    shown = json.loads(run("ledger", "show", entry["id"], "--ledger", "ledger.db").out)
    (one,) = shown["body"]["attested"]["oversight"].values()

    assert (one["by"]["name"], one["last_day"], one["evidence"][0]["state"]) == ("Maria Keller", "2027-09-14", "same")


def test_only_systems_are_attested(tree: Path, run: Run) -> None:
    (tree / "README.md").write_text("---\nlicense: mit\nlibrary_name: x\n---\n# Model card\n")
    documents = run("gather", "README.md", "--system", "system.yaml").out

    assert json.loads(documents)["attested"] == {}


def test_the_baseline_asks_nobody_to_attest(tree: Path, run: Run) -> None:
    report = json.loads(run("check", "system.yaml", "--output", "json", "--no-record").out)
    selected = {one["control"]["id"] for one in report["decisions"][0]["results"]}

    assert selected == {"GOV-004", "GOV-005", "GOV-006", "GOV-007", "GOV-008"}
    assert report["summary"]["exit_code"] == 0


def test_a_system_that_is_only_met_does_not_hide_that_nothing_else_was_checked(tree: Path, run: Run) -> None:
    met = json.loads(run("check", ".", "--output", "json", "--no-record").out)["summary"]
    named = json.loads(run("check", ".", "system.yaml", "--output", "json", "--no-record").out)["summary"]

    assert met["exit_code"] == 3
    assert any("only descriptions of AI systems were met" in note for note in met["notes"])
    assert named["exit_code"] == 0


def test_beside_a_manifest_a_system_is_one_more_subject(tree: Path, run: Run) -> None:
    (tree / "card.md").write_text("---\nlicense: mit\nlibrary_name: x\n---\n# Model card\n")
    report = json.loads(run("check", ".", "--output", "json", "--no-record").out)

    assert {decision["kind"] for decision in report["decisions"]} == {"model_card", "system"}
    assert not any("only descriptions" in note for note in report["summary"]["notes"])


def test_under_the_act_silence_warns_before_a_clause_binds_and_denies_from_that_day(tree: Path, run: Run) -> None:
    (tree / "policyctl.yaml").unlink()

    def decided(day: str) -> dict[str, Any]:
        asked = ("--profile", "eu-ai-act-high-risk", "--as-of", day, "--simulate", "--no-record", "--output", "json")
        report: dict[str, Any] = json.loads(run("check", "system.yaml", *asked).out)
        return report

    before, after = decided("2027-12-01"), decided("2027-12-02")

    assert result(before, "OVS-001")["when_untold"] == "warn"
    assert result(after, "OVS-001")["when_untold"] == "deny"
    assert result(after, "OVS-001")["binding"]["clause"] == "Art. 26(2)"
    assert result(after, "GOV-009")["when_untold"] == "warn"
    assert (before["summary"]["outcome"], before["summary"]["exit_code"]) == ("warn", 0)
    assert (after["summary"]["outcome"], after["summary"]["exit_code"]) == ("deny", 3)
