"""Waivers end to end, with the real OPA: what they cover, what they never touch, and from where they have effect."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from shutil import copytree
from typing import Any

import jsonschema
import pytest
import yaml

from tests.conftest import DATA, EXAMPLES, Ran, Run

FAILING = "SEC-001 SEC-003 SEC-004 SEC-006 SUP-002 LOG-001"
SYSTEM = "policyctl: system\nid: credit-scoring\n"
CONFIGURATION = "systems: [{file: system.yaml, paths: [credit-scorer/]}]\nwaivers: [waivers.yaml]\n"
WAIVER = {
    "id": "W-1",
    "control": "SEC-001",
    "system": "credit-scoring",
    "resource": "aws_sagemaker_endpoint_configuration.this",
    "owner": "Retail Risk",
    "reason": "The key service moves.",
    "compensating_control": "One subnet only.",
    "ticket": "RISK-7",
    "requester": "sam@example.org",
    "approver": "kim@example.org",
    "first_day": "2026-11-01",
    "last_day": "2026-12-31",
}
DAY = "2026-11-21"


@dataclass
class Place:
    """A tree under judgement (the working directory), a trusted folder beside it, and the command."""

    run: Run
    tree: Path
    trusted: Path

    def grant(self, *waivers: dict[str, Any], folder: Path | None = None) -> None:
        """Lists these waivers, each with changes to the usual one, in the trusted folder or another."""
        where = folder or self.trusted
        listed = [{key: value for key, value in {**WAIVER, **one}.items() if value is not None} for one in waivers]
        where.joinpath("policyctl.yaml").write_text(CONFIGURATION)
        where.joinpath("system.yaml").write_text(SYSTEM)
        where.joinpath("waivers.yaml").write_text(yaml.safe_dump({"policyctl": "waivers", "waivers": listed}))

    def check(self, *arguments: str, day: str = DAY) -> Ran:
        return self.run("check", "credit-scorer", "--as-of", day, "--simulate", *arguments)

    def judged(self, *arguments: str, day: str = DAY) -> dict[str, Any]:
        ran = self.check("--trusted-config", str(self.trusted), "--output", "json", *arguments, day=day)
        assert ran.code in (0, 1, 3), ran.err
        report: dict[str, Any] = json.loads(ran.out)
        return report


@pytest.fixture
def place(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    found = Place(run, tmp_path / "tree", tmp_path / "trusted")
    copytree(EXAMPLES / "terraform/credit-scorer", found.tree / "credit-scorer")
    found.trusted.mkdir()
    monkeypatch.chdir(found.tree)
    return found


def waivers_of_all() -> list[dict[str, Any]]:
    return [{"id": f"W-{id}", "control": id, "resource": "aws_*"} for id in FAILING.split()]


def results(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {result["control"]["id"]: result for result in report["decisions"][0]["results"]}


def state(report: dict[str, Any], id: str = "W-1") -> str:
    return next(str(one["state"]) for one in report["waivers"] if one["id"] == id)


def untouched(report: dict[str, Any]) -> bool:
    """Whether the usual waiver has changed nothing at all."""
    result = results(report)["SEC-001"]
    return (
        result["status"] == "fail"
        and result["enforcement"] == "deny"
        and not any("waiver" in finding for finding in result["findings"])
        and report["summary"]["exit_code"] == 1
        and report["summary"]["waived"] == 0
    )


def test_a_waived_finding_stays_a_fail_is_marked_and_audited(place: Place) -> None:
    place.grant({})
    report = place.judged()
    result = results(report)["SEC-001"]

    assert (result["status"], result["enforcement"]) == ("fail", "audit")
    assert [finding["waiver"] for finding in result["findings"]] == ["W-1"]
    assert report["decisions"][0]["waivers"] == {"W-1": "applied"}
    assert (state(report), report["waivers"][0]["covered"], report["summary"]["waived"]) == ("applied", 1, 1)


def test_with_one_fail_waived_the_others_deny(place: Place) -> None:
    place.grant({})
    report = place.judged()

    assert (report["summary"]["outcome"], report["summary"]["exit_code"]) == ("deny", 1)
    assert {id for id, result in results(report).items() if result["enforcement"] == "deny" and result["findings"]} == (
        set(FAILING.split()) - {"SEC-001"}
    )


def test_with_all_that_denies_waived_the_gate_opens_and_says_so(place: Place) -> None:
    place.grant(*waivers_of_all())
    ran = place.check("--trusted-config", str(place.trusted))

    assert ran.code == 0
    assert "waived  SEC-004" in ran.out
    assert "7 failed" in ran.out
    assert "places waived" in " ".join(ran.out.split())


def test_one_finding_of_a_control_that_nobody_accepted_still_denies(place: Place) -> None:
    """SEC-004 fails at four resources."""
    place.grant(
        *waivers_of_all()[:2], *waivers_of_all()[3:], {"id": "W-4", "control": "SEC-004", "resource": "aws_iam_*"}
    )
    report = place.judged()
    result = results(report)["SEC-004"]

    assert result["enforcement"] == "deny"
    assert {finding["resource"] for finding in result["findings"] if "waiver" not in finding} == {
        "aws_sagemaker_model_package_group_policy.this"
    }
    assert report["summary"]["exit_code"] == 1


def test_with_all_fails_waived_what_could_not_be_told_denies_as_undetermined(place: Place) -> None:
    """SUP-002 cannot tell whose bucket a model comes from; its waiver is about another defect of the same resource."""
    others = [one for one in waivers_of_all() if one["control"] != "SUP-002"]
    place.grant(
        *others, {"id": "W-2", "control": "SUP-002", "resource": "aws_sagemaker_model.this", "code": "floating_tag"}
    )
    (place.trusted / "own.yaml").write_text(
        "id: own\ntitle: Own rules\ndescription: The baseline, where not knowing denies.\nextends: baseline\n"
        "undetermined: [critical, high]\n"
    )
    report = place.judged("--profile", str(place.trusted / "own.yaml"))
    result = results(report)["SUP-002"]

    assert (result["status"], result["enforcement"], result["when_untold"]) == ("fail", "audit", "deny")
    assert (report["summary"]["outcome"], report["summary"]["exit_code"]) == ("deny", 3)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"last_day": "2026-11-20"}, "expired"),
        ({"first_day": "2026-11-22"}, "not_started"),
        ({"first_day": "2026-11-01", "last_day": "2027-01-30"}, "too_long"),
        ({"approver": "Sam@Example.org"}, "self_approved"),
        ({"approver": "sam+risk@example.org"}, "self_approved"),
        ({"resource": "aws_sagemaker_endpoint_configuration.that"}, "unmatched"),
        ({"resource": "ws_sagemaker_endpoint_configuration.this"}, "unmatched"),
        ({"resource": "aws_sagemaker_endpoint_configuration.thi"}, "unmatched"),
        ({"code": "other"}, "not_needed"),
        ({"system": "credit-scoring-2"}, "unmatched"),
        ({"control": "SEC-007"}, "unmatched"),
    ],
)
def test_a_waiver_without_effect_is_reported_and_changes_nothing(
    place: Place, change: dict[str, str], expected: str
) -> None:
    place.grant(change)
    report = place.judged()

    assert state(report) == expected
    assert report["decisions"][0]["waivers"] == ({} if "system" in change else {"W-1": expected})
    assert untouched(report)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-10-31", "not_started"), ("2026-11-01", "applied"), ("2026-12-31", "applied"), ("2027-01-01", "expired")],
)
def test_the_first_and_the_last_day_are_inside(place: Place, day: str, expected: str) -> None:
    place.grant({})

    assert state(place.judged(day=day)) == expected


def test_ninety_days_are_allowed_where_a_profile_says_nothing(place: Place) -> None:
    place.grant({"last_day": "2027-01-29"})

    assert state(place.judged()) == "applied"


def test_a_profile_may_allow_less_by_severity(place: Place) -> None:
    place.grant({}, {"id": "W-2", "control": "SEC-004", "resource": "aws_iam_*"})
    (place.trusted / "own.yaml").write_text(
        "id: own\ntitle: Own rules\ndescription: The baseline with short waivers.\nextends: baseline\n"
        "waivers: {longest_days: 61, severity: {critical: 60}}\n"
    )
    report = place.judged("--profile", str(place.trusted / "own.yaml"))

    assert state(report, "W-1") == "applied"
    assert state(report, "W-2") == "too_long"


def test_a_fixed_resource_needs_its_waiver_no_longer(place: Place) -> None:
    copytree(EXAMPLES / "terraform/credit-scorer-fixed", place.tree / "credit-scorer", dirs_exist_ok=True)
    place.grant({})
    report = place.judged()

    assert report["summary"]["outcome"] == "allow"
    assert state(report) == "not_needed"


def test_a_label_of_the_judged_file_establishes_no_system(place: Place) -> None:
    """The pod calls itself a part of the system, whose waivers it would have."""
    place.grant({"control": "SEC-008", "resource": "Pod/*"})
    (place.tree / "credit-scorer/plan.json").unlink()
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {ai-system: credit-scoring}}\n"
    image = "vllm/vllm-openai:v0.9.0"
    (place.tree / "pod.yaml").write_text(
        f"{pod}spec: {{containers: [{{name: c, image: {image}, securityContext: {{privileged: true}}}}]}}\n"
    )
    ran = place.run("check", "pod.yaml", "--trusted-config", str(place.trusted), "--output", "json")
    report = json.loads(ran.out)

    assert report["decisions"][0]["system"]["id"] == "credit-scoring"
    assert state(report) == "other_system"
    assert "waiver" not in json.dumps(results(report)["SEC-008"]["findings"])
    assert ran.code == 1


def test_the_trees_own_waivers_are_a_claim_where_a_trusted_configuration_is_given(place: Place) -> None:
    place.grant(*waivers_of_all(), folder=place.tree)
    place.grant()
    report = place.judged()

    assert report["summary"]["exit_code"] == 1
    assert report["waivers"] == []
    assert any("waivers.yaml is a claim without effect" in note for note in report["summary"]["notes"])


@pytest.mark.parametrize("name", ["CI", "TF_BUILD", "GITHUB_SHA", "JENKINS_URL"])
def test_the_trees_own_waivers_are_a_claim_in_a_pipeline(
    place: Place, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "true")
    place.grant(*waivers_of_all(), folder=place.tree)
    ran = place.check("--output", "json")
    report = json.loads(ran.out)

    assert ran.code == 1
    assert report["waivers"] == []
    assert any(
        "in a pipeline, waivers come from a trusted configuration" in note for note in report["summary"]["notes"]
    )


def test_on_ones_own_machine_local_waivers_serve_and_say_so(place: Place) -> None:
    place.grant({}, folder=place.tree)
    report = json.loads(place.check("--output", "json").out)

    assert state(report) == "applied"
    assert report["waivers"][0]["source"]["trusted"] is False
    assert any("waivers.yaml: local configuration, not enforced" in note for note in report["summary"]["notes"])


def test_waivers_that_no_configuration_lists_have_no_effect_and_that_is_said(place: Place) -> None:
    place.grant(*waivers_of_all(), folder=place.tree)
    (place.tree / "policyctl.yaml").unlink()
    report = json.loads(place.check("--output", "json").out)

    assert report["summary"]["exit_code"] == 1
    assert any("waivers.yaml has no effect" in note for note in report["summary"]["notes"])


def test_a_trusted_configuration_lends_no_trust_to_a_file_of_the_tree(place: Place) -> None:
    place.grant(*waivers_of_all(), folder=place.tree)
    place.grant()
    for listed in ("../tree/waivers.yaml", str(place.tree / "waivers.yaml")):
        (place.trusted / "policyctl.yaml").write_text(f"waivers: [{listed}]\n")
        assert place.check("--trusted-config", str(place.trusted)).code == 2
    (place.trusted / "policyctl.yaml").write_text("waivers: [linked.yaml]\n")
    (place.trusted / "linked.yaml").symlink_to(place.tree / "waivers.yaml")
    ran = place.check("--trusted-config", str(place.trusted))

    assert ran.code == 2
    assert "only from within the trusted configuration" in ran.err


def test_a_trusted_configuration_in_the_judged_repository_is_refused_from_below_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.grant(*waivers_of_all(), folder=place.tree)
    (place.tree / ".git").mkdir()
    (place.tree / "policy").mkdir()
    place.grant(*waivers_of_all(), folder=place.tree / "policy")
    monkeypatch.chdir(place.tree / "credit-scorer")
    ran = place.run("check", "plan.json", "--trusted-config", "../policy")

    assert ran.code == 2
    assert "lies outside the tree that is judged" in ran.err


def test_a_trusted_configuration_in_a_judged_folder_elsewhere_is_refused(place: Place) -> None:
    place.grant(*waivers_of_all())
    (place.trusted / "plan.json").write_bytes((place.tree / "credit-scorer/plan.json").read_bytes())
    ran = place.run("check", str(place.trusted), "--trusted-config", str(place.trusted))

    assert ran.code == 2


def test_a_wrong_waiver_stops_the_check_with_file_and_line(place: Place) -> None:
    place.grant({"reason": None})
    ran = place.check("--trusted-config", str(place.trusted))

    assert ran.code == 2
    assert "waivers.yaml:3: the waiver has no reason" in ran.err


def test_an_unknown_control_stops_the_check(place: Place) -> None:
    place.grant({"control": "SEC-999"})
    ran = place.check("--trusted-config", str(place.trusted))

    assert ran.code == 2
    assert "waivers.yaml:3: no control SEC-999" in ran.err


def test_an_id_in_two_files_stops_the_check(place: Place) -> None:
    place.grant({})
    (place.trusted / "more.yaml").write_text((place.trusted / "waivers.yaml").read_text())
    (place.trusted / "policyctl.yaml").write_text(CONFIGURATION.replace("[waivers.yaml]", "[waivers.yaml, more.yaml]"))
    ran = place.check("--trusted-config", str(place.trusted))

    assert ran.code == 2
    assert "more.yaml:3: waiver W-1 is also at waivers.yaml:3" in ran.err


def test_the_record_holds_the_waivers_and_replays_to_the_byte(place: Place) -> None:
    place.grant({})
    place.judged()
    document = json.loads(place.run("ledger", "show", "1", "--document").out)
    replayed = json.loads(place.run("ledger", "replay", "1", "--output", "json").out)

    assert [waiver["id"] for waiver in document["waivers"]] == ["W-1"]
    assert document["waivers"][0]["approver"] == "kim@example.org"
    assert replayed["same"] is True
    assert replayed["again"]["findings"]["SEC-001"][0]["waiver"] == "W-1"


def test_json_is_valid_by_the_published_schema(place: Place) -> None:
    schema = json.loads((files("policyctl.reports") / "report.schema.json").read_text())
    place.grant({}, {"id": "W-2", "last_day": "2026-11-02"})

    jsonschema.Draft202012Validator(schema).validate(place.judged())


def test_sarif_tells_of_every_result_whether_it_is_suppressed(place: Place) -> None:
    schema = json.loads((DATA / "schemas" / "sarif-2.1.0-rtm.5.json").read_text())
    place.grant({}, {"id": "W-2", "last_day": "2026-11-02"})
    log = json.loads(place.check("--trusted-config", str(place.trusted), "--output", "sarif").out)
    (run,) = log["runs"]
    suppressed = [result for result in run["results"] if result["suppressions"]]

    jsonschema.Draft4Validator(schema).validate(log)
    assert all("suppressions" in result for result in run["results"])
    assert [(r["ruleId"], r["level"], r["suppressions"][0]["status"]) for r in suppressed] == [
        ("SEC-001", "note", "accepted")
    ]
    assert "W-1: The key service moves." in suppressed[0]["suppressions"][0]["justification"]
    (notification,) = run["invocations"][0]["toolConfigurationNotifications"]
    assert "waiver W-2 (SEC-001, RISK-7) has no effect: expired on 2026-11-02" in notification["message"]["text"]


def test_without_waivers_sarif_says_nothing_of_suppressions(place: Place) -> None:
    place.grant()
    (run,) = json.loads(place.check("--trusted-config", str(place.trusted), "--output", "sarif").out)["runs"]

    assert run["results"]
    assert not any("suppressions" in result for result in run["results"])


@pytest.mark.parametrize("output", ["table", "markdown"])
def test_people_see_what_is_waived_and_which_waivers_have_no_effect(place: Place, output: str) -> None:
    place.grant({}, {"id": "W-2", "last_day": "2026-11-02"})
    text = " ".join(
        place.check("--trusted-config", str(place.trusted), "--output", output).out.replace("\\", "").split()
    )

    assert "(waived: W-1)" in text
    assert "1 place waived" in text
    assert "waiver W-1 (SEC-001, RISK-7) covers 1 place until 2026-12-31" in text
    assert "waiver W-2 (SEC-001, RISK-7) has no effect: expired on 2026-11-02" in text


def test_explain_says_how_to_ask_and_what_was_granted(place: Place) -> None:
    place.grant()
    finding = results(place.judged())["SEC-001"]["findings"][0]["id"]
    asked = place.run("explain", finding).out
    place.grant({})
    place.judged()
    granted = place.run("explain", finding).out

    assert "How to ask for a waiver" in asked
    assert 'resource: "aws_sagemaker_endpoint_configuration.this"' in asked
    assert "system: credit-scoring" in asked
    assert "Waived (W-1, RISK-7)" in granted
    assert "How to ask for a waiver" not in granted


def test_list_has_each_waiver_with_its_state(place: Place) -> None:
    place.grant({}, {"id": "W-2", "last_day": "2026-11-02"}, {"id": "W-3", "approver": "SAM@example.org"})
    arguments = ("--trusted-config", str(place.trusted), "--as-of", DAY)
    table = place.run("waiver", "list", *arguments)
    listed = json.loads(place.run("waiver", "list", *arguments, "--output", "json").out)

    assert [(one["id"], one["state"]) for one in listed["waivers"]] == [
        ("W-1", "in_force"),
        ("W-2", "expired"),
        ("W-3", "self_approved"),
    ]
    assert (table.code, len(table.out.splitlines())) == (0, 4)


def test_lint_holds_good_waivers_for_good(place: Place) -> None:
    place.grant({}, {"id": "W-2", "first_day": "2026-12-01"})
    ran = place.run("waiver", "lint", "--trusted-config", str(place.trusted), "--as-of", DAY)

    assert (ran.code, ran.out) == (0, "2 waivers, each in its shape and in time\n")


def test_lint_names_what_can_have_no_effect(place: Place) -> None:
    place.grant({"last_day": "2026-11-02"}, {"id": "W-2", "last_day": "2027-03-31"}, folder=place.tree)
    ran = place.run("waiver", "lint", "waivers.yaml", "--as-of", DAY)

    assert ran.code == 1
    assert ran.out.splitlines() == [
        "waivers.yaml:3: waiver W-1: expired",
        "waivers.yaml:15: waiver W-2: 151 days, profile baseline allows 90",
    ]


def test_lint_names_all_that_is_wrong(place: Place) -> None:
    place.grant({"reason": None}, {"id": "W-2", "resource": "*"}, folder=place.tree)
    ran = place.run("waiver", "lint", "waivers.yaml", "--output", "json")

    assert ran.code == 2
    assert len(json.loads(ran.out)["unusable"]) == 2


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Alex", "-c", "user.email=alex@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def cloned(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A clone whose remote has one waiver in policy/; the tree then adds waivers of everything, and commits them."""
    (place.tree / "policy").mkdir()
    place.grant({}, folder=place.tree / "policy")
    git(place.tree, "init", "-q")
    git(place.tree, "add", "-A")
    git(place.tree, "commit", "-qm", "Protected")
    clone = place.tree.parent / "clone"
    git(place.tree.parent, "clone", "-q", str(place.tree), str(clone))
    monkeypatch.chdir(clone)
    changed = Place(place.run, clone, place.trusted)
    changed.grant(*waivers_of_all(), folder=clone / "policy")
    git(clone, "commit", "-qam", "Waive everything")
    return changed


def test_a_protected_revision_has_effect_and_the_tree_has_none(cloned: Place) -> None:
    ran = cloned.check("--trusted-config", "git:refs/remotes/origin/main:policy", "--output", "json")
    report = json.loads(ran.out)

    assert [(one["id"], one["state"], one["source"]["trusted"]) for one in report["waivers"]] == [
        ("W-1", "applied", True)
    ]
    assert report["summary"]["exit_code"] == 1
    assert any(
        note.startswith("trusted configuration: refs/remotes/origin/main at ") for note in report["summary"]["notes"]
    )


def test_a_protected_revision_is_the_same_from_a_folder_below(cloned: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cloned.tree / "credit-scorer")
    ran = cloned.run("waiver", "list", "--trusted-config", "git:refs/remotes/origin/main:policy", "--output", "json")

    assert [one["id"] for one in json.loads(ran.out)["waivers"]] == ["W-1"]


@pytest.mark.parametrize(
    "named",
    [
        "git:main",
        "git:origin/main:policy",
        "git:HEAD:policy",
        "git:refs/heads/main:policy",
        "git:refs/tags/v1:policy",
        "git:refs/remotes/pull/7/merge:policy",
        "git:refs/remotes/origin/nowhere:policy",
        "git:refs/remotes/origin/main:nowhere",
        "git:refs/remotes/origin/main:../clone/policy",
        "git:refs/remotes/origin/main",
        "git:",
    ],
)
def test_a_revision_that_the_pull_request_could_make_is_refused(cloned: Place, named: str) -> None:
    assert cloned.check("--trusted-config", named).code == 2


def test_a_tag_that_is_called_like_the_remotes_branch_is_not_taken(cloned: Place) -> None:
    git(cloned.tree, "update-ref", "refs/tags/refs/remotes/origin/main", "HEAD")
    git(cloned.tree, "update-ref", "refs/heads/refs/remotes/origin/main", "HEAD")
    ran = cloned.check("--trusted-config", "git:refs/remotes/origin/main:policy", "--output", "json")

    assert [one["id"] for one in json.loads(ran.out)["waivers"]] == ["W-1"]


def test_a_ledger_in_a_revision_is_refused(cloned: Place) -> None:
    (cloned.tree / "policy/policyctl.yaml").write_text("ledger: ledger.db\n")
    git(cloned.tree, "commit", "-qam", "Ledger")
    git(cloned.tree, "update-ref", "refs/remotes/origin/main", "HEAD")
    ran = cloned.check("--trusted-config", "git:refs/remotes/origin/main:policy")

    assert ran.code == 2
    assert "a ledger cannot lie in a revision" in ran.err
