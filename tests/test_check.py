"""`policyctl check` end to end, with the real OPA: what is allowed, denied, refused and recorded."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from policyctl import library, opening
from policyctl.bundles.build import unpack
from tests.conftest import EXAMPLES, Ran, Run

FIXED = str(EXAMPLES / "terraform/credit-scorer-fixed/plan.json")
FAULTY = str(EXAMPLES / "terraform/credit-scorer/plan.json")


@contextmanager
def served(opa: str, revision: str = "") -> Iterator[str]:
    """A plain OPA that serves our bundle, or one that calls itself something else, on a loopback port."""
    archive = library.load((library.own_root(),), opening.opa_path).archive
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        if revision:
            bundle = unpack(archive.read_bytes())
            archive = Path(folder, "other.tar.gz")
            archive.write_bytes(with_revision(bundle.archive, bundle.identity.revision, revision))
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        process = subprocess.Popen(
            [
                opa,
                "run",
                "--server",
                "--addr",
                f"127.0.0.1:{port}",
                "--log-level",
                "error",
                "--skip-version-check",
                "-b",
                str(archive),
            ]
        )
        try:
            for _ in range(200):
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=10)


def with_revision(archive: bytes, old: str, new: str) -> bytes:
    return gzip.compress(gzip.decompress(archive).replace(old.encode(), new.encode()))


def report(ran: Ran) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_a_plan_without_defects_is_allowed(run: Run) -> None:
    ran = run("check", FIXED, "--output", "json")

    assert ran.code == 0
    assert report(ran)["summary"]["outcome"] == "allow"


def test_a_plan_with_defects_is_denied(run: Run) -> None:
    ran = run("check", FAULTY, "--output", "json")

    assert ran.code == 1
    assert report(ran)["summary"]["outcome"] == "deny"


def test_a_finding_points_at_the_line_of_the_configuration(run: Run) -> None:
    """The endpoint configuration of examples/terraform/credit-scorer/main.tf begins in line 82 and sets no key."""
    (decision,) = report(run("check", FAULTY, "--output", "json"))["decisions"]
    (result,) = [r for r in decision["results"] if r["control"]["id"] == "SEC-001"]
    (finding,) = [f for f in result["findings"] if f["resource"] == "aws_sagemaker_endpoint_configuration.this"]

    assert finding["location"] == {"file": "examples/terraform/credit-scorer/main.tf", "line": 82}


def test_every_decision_is_recorded_and_the_record_verifies(run: Run) -> None:
    ids = [decision["id"] for decision in report(run("check", str(EXAMPLES), "--output", "json"))["decisions"]]
    listed = json.loads(run("ledger", "list", "--limit", "100", "--output", "json").out)["entries"]

    assert ids
    assert {entry["id"] for entry in listed} == set(ids)
    assert run("ledger", "verify").code == 0


def test_a_recorded_decision_replays_to_the_byte(run: Run) -> None:
    (decision,) = report(run("check", FAULTY, "--output", "json"))["decisions"]

    ran = run("ledger", "replay", decision["id"])

    assert ran.code == 0
    assert ran.out.startswith("SAME")


def test_what_is_not_recorded_says_so(run: Run, own_home: Path) -> None:
    ran = run("check", FIXED, "--no-record")

    assert "NOT RECORDED" in ran.out
    assert not list(own_home.rglob("*.db"))


def test_the_same_file_decided_twice_gives_the_same_findings(run: Run) -> None:
    first, second = (report(run("check", FAULTY, "--output", "json"))["decisions"][0]["results"] for _ in range(2))

    assert first == second


def test_an_empty_folder_checked_nothing_and_says_what_was_expected(run: Run, tmp_path: Path) -> None:
    ran = run("check", str(tmp_path), "--output", "json")

    assert ran.code == 3
    assert report(ran)["summary"]["outcome"] == "none"
    assert report(ran)["summary"]["not_checked"]["SEC-001"] == "no terraform_plan among the inputs"


def test_a_profile_that_selects_nothing_checked_nothing(run: Run, tmp_path: Path) -> None:
    profile = tmp_path / "nothing.yaml"
    profile.write_text("id: nothing\ntitle: Nothing\ndescription: Selects no control.\nselect: {controls: []}\n")

    ran = run("check", FAULTY, "--profile", str(profile), "--output", "json")

    assert ran.code == 3
    assert report(ran)["summary"]["not_checked"] == {"-": "profile nothing selects no control"}


def test_a_plan_that_no_control_applies_to_checked_nothing(run: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(
        json.dumps(
            {
                "format_version": "1.2",
                "terraform_version": "1.11.4",
                "resource_changes": [],
                "configuration": {"root_module": {}},
            }
        )
    )

    ran = run("check", str(plan), "--output", "json")

    assert ran.code == 3
    assert "no resource that it looks at" in report(ran)["summary"]["not_checked"]["SEC-001"]


def test_an_unknown_profile_is_a_usage_error(run: Run) -> None:
    ran = run("check", FIXED, "--profile", "base-line")

    assert ran.code == 2
    assert "baseline" in ran.err
    assert ran.out == ""


def test_a_path_that_is_not_there_is_an_error_and_the_others_are_decided(run: Run) -> None:
    ran = run("check", "no/such/file.json", FIXED, "--output", "json")

    assert ran.code == 2
    assert [entry["status"] for entry in report(ran)["inputs"]] == ["error", "decided"]
    assert len(report(ran)["decisions"]) == 1


def test_a_denied_file_beside_an_unreadable_one_exits_with_the_error(run: Run) -> None:
    assert run("check", "no/such/file.json", FAULTY).code == 2


def test_a_named_file_that_is_not_understood_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text("replicas: 3\n")

    assert run("check", str(tmp_path / "values.yaml"), FIXED).code == 2


def test_a_named_file_that_holds_nothing_to_judge_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.yaml").write_text("apiVersion: v1\nkind: List\nitems: []\n")

    ran = run("check", str(tmp_path / "list.yaml"), FIXED, "--output", "json")

    assert ran.code == 2
    assert [entry["status"] for entry in report(ran)["inputs"]] == ["error", "decided"]


def test_a_file_that_is_not_understood_in_a_folder_is_counted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text("replicas: 3\n")
    (tmp_path / "plan.json").write_bytes(Path(FIXED).read_bytes())

    ran = run("check", str(tmp_path), "--output", "json")

    assert ran.code == 0
    assert sorted(entry["status"] for entry in report(ran)["inputs"]) == ["decided", "skipped"]


def test_standard_input_is_judged(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = (EXAMPLES / "kubernetes/vllm-deployment.yaml").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(manifest)))

    ran = run("check", "-", "--output", "json")

    assert [decision["subject"]["path"] for decision in report(ran)["decisions"]] == ["-"] * len(
        report(ran)["decisions"]
    )
    assert ran.code == 1


def test_a_manifest_that_calls_itself_a_system_is_still_judged(run: Run, tmp_path: Path) -> None:
    manifest = (EXAMPLES / "kubernetes/isvc-aif-bias.yaml").read_text()
    (tmp_path / "isvc.yaml").write_text(f"policyctl: system\n{manifest}")

    ran = run("check", str(tmp_path), "--output", "json")

    assert report(ran)["decisions"]


class TestDates:
    def test_another_day_is_a_simulation_that_allows_nothing(self, run: Run) -> None:
        ran = run("check", FIXED, "--as-of", "2027-12-02", "--output", "json")

        assert ran.code == 3
        assert report(ran)["summary"]["simulated"] is True
        assert report(ran)["decisions"][0]["simulated"] is True

    def test_its_exit_code_counts_when_that_is_asked_for(self, run: Run) -> None:
        assert run("check", FIXED, "--as-of", "2027-12-02", "--simulate").code == 0

    def test_a_simulation_that_denies_denies(self, run: Run) -> None:
        assert run("check", FAULTY, "--as-of", "2027-12-02").code == 1

    def test_a_word_that_is_no_day_is_a_usage_error(self, run: Run) -> None:
        assert run("check", FIXED, "--as-of", "tomorrow").code == 2

    def test_the_same_card_warns_before_the_law_binds_and_denies_from_that_day(self, run: Run) -> None:
        """Art. 13(3)(b)(i): Annex III systems from 2027-12-02. The card of CLIP's stub says nothing of its use."""
        card = str(EXAMPLES.parent / "tests/data/model_cards/hf-fixture-no-metadata.md")
        arguments = (
            "check",
            card,
            "--kind",
            "model_card",
            "--profile",
            "eu-ai-act-high-risk",
            "--simulate",
            "--output",
            "json",
        )
        before, after = (
            report(run(*arguments, "--as-of", day))["decisions"][0] for day in ("2027-12-01", "2027-12-02")
        )
        binding = [
            {r["control"]["id"]: r["enforcement"] for r in decision["results"]}["DOC-001"]
            for decision in (before, after)
        ]

        assert binding == ["warn", "deny"]
        assert (before["outcome"], after["outcome"]) == ("warn", "deny")

    def test_the_table_says_from_which_day_on_a_warning_is_more(self, run: Run) -> None:
        """DOC-002 only supports clauses: no day makes more of it."""
        card = str(EXAMPLES.parent / "tests/data/model_cards/hf-fixture-no-metadata.md")
        arguments = (
            "check",
            card,
            "--kind",
            "model_card",
            "--profile",
            "eu-ai-act-high-risk",
            "--no-record",
            "--as-of",
        )
        before, after = (run(*arguments, day).out for day in ("2027-12-01", "2027-12-02"))

        assert (
            "warn    DOC-001  Cards state the intended use (high), Art. 13(3)(b)(i) binds from 2027-12-02\n" in before
        )
        assert "warn    DOC-002  Cards state the uses that are out of scope (medium)\n" in before
        assert "deny    DOC-001  Cards state the intended use (high)\n" in after
        assert "binds from" not in after


class TestFailures:
    """Nothing is reported as allowed, standard output stays empty, and the message says what to do."""

    def refused(self, ran: Ran) -> None:
        assert ran.code == 4
        assert ran.out == ""
        assert "fix:" in ran.err
        assert "Traceback" not in ran.err

    def test_an_engine_that_cannot_be_reached(self, run: Run) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.refused(run("check", FIXED, "--opa", f"http://127.0.0.1:{port}"))

    def test_an_engine_that_the_profile_does_not_trust(self, run: Run, opa_path: str) -> None:
        """A remote OPA's word is asserted; for high-risk systems only one that policyctl started itself decides."""
        with served(opa_path) as url:
            assert run("check", FIXED, "--opa", url).code == 0
            ran = run("check", FIXED, "--opa", url, "--profile", "eu-ai-act-high-risk")

        self.refused(ran)
        assert "did not start itself" in ran.err

    def test_an_engine_that_serves_another_revision(self, run: Run, opa_path: str, tmp_path: Path) -> None:
        with served(opa_path, revision="0" * 64) as url:
            ran = run("check", FIXED, "--opa", url)

        self.refused(ran)
        assert "revision" in ran.err

    def test_a_ledger_whose_folder_is_missing(self, run: Run, tmp_path: Path) -> None:
        self.refused(run("check", FIXED, "--ledger", str(tmp_path / "missing" / "ledger.db")))

    def test_a_ledger_that_is_none(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "ledger.db").write_text("this is no database")
        self.refused(run("check", FIXED, "--ledger", str(tmp_path / "ledger.db")))

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only where the system has a full device")
    def test_a_report_that_cannot_be_written_is_an_error(self, run: Run) -> None:
        assert run("check", FIXED, "--output-file", "/dev/full").code == 2


def test_where_no_control_could_tell_anything_nothing_was_checked(run: Run, tmp_path: Path) -> None:
    """A chart may hold anything: a warning about that alone must not let a pull request pass."""
    plan = json.loads((EXAMPLES / "terraform/credit-scorer/plan.json").read_text())
    after = {"name": "models", "chart": "vllm", "repository": "https://charts.example.org"}
    plan["resource_changes"] = [
        {
            "address": "helm_release.models",
            "mode": "managed",
            "type": "helm_release",
            "name": "models",
            "provider_name": "registry.terraform.io/hashicorp/helm",
            "change": {"actions": ["create"], "before": None, "after": after, "after_unknown": {}},
        }
    ]
    resource = {**plan["resource_changes"][0], "schema_version": 1, "values": after, "sensitive_values": {}}
    del resource["change"]
    plan["planned_values"] = {"root_module": {"resources": [resource]}}
    plan["prior_state"] = None
    plan["configuration"] = {"root_module": {}}
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    ran = run("check", str(tmp_path / "plan.json"), "--no-record")

    assert "GOV-003" in ran.out
    assert "nothing passed and nothing failed" in " ".join(ran.out.split())
    assert ran.code == 3
