"""The corpus has plans with known faults: the clean variants are allowed, the others denied, and each fault is found where it is.

Expected results: `seeded.yaml` and tests/data/terraform/hcl/README.md, whose faults were planted by whoever wrote the roots.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from policyctl import pipeline, settings
from policyctl.context import Context
from policyctl.model.report import Decided, Report
from policyctl.opening import open_run
from tests.conftest import DATA

HCL = DATA / "terraform" / "hcl"
HERE = Path(__file__).parent
SEEDED: dict[str, dict[str, list[str]]] = yaml.safe_load((HERE / "seeded.yaml").read_text(encoding="utf-8"))
FAULTS = [(root, fault) for root, faults in SEEDED.items() for fault in faults]
TO_NONCOMPLIANT = ("sagemaker-endpoint", "bedrock-agent")
TEAMS = {
    "credit": ("pd", "lgd", "ead", "limit", "fraud-card", "fraud-app", "collections", "churn"),
    "claims": ("triage", "severity", "image-damage", "litigation", "subrogation", "reserve", "ocr", "leakage"),
    "people": ("cv-rank", "attrition", "shift-plan", "training-need", "pay-gap", "skills", "referral", "absence"),
    "operations": ("eta", "demand", "route-opt", "vision-qc", "anomaly", "energy", "stock", "maint"),
}
"""Models of the fleet: main.tf, lines 14 to 19. The first three teams are of high risk."""
OPERATIONS = {f"operations-{model}" for model in TEAMS["operations"]}
HIGH_RISK = {f"{team}-{model}" for team in ("credit", "claims", "people") for model in TEAMS[team]}


def checked(path: Path, profile: str = "baseline", as_of: str = "") -> Report:
    told = settings.load({"profile": profile}, environment={}, cwd=path.parent)
    options = pipeline.Options(as_of=as_of, simulate=bool(as_of), record=False)
    with open_run(told) as run:
        return pipeline.check([str(path)], run, options, Context("reader", "2026-11-21"))


@pytest.mark.parametrize("root", SEEDED)
def test_the_compliant_variant_is_allowed_by_the_baseline(root: str) -> None:
    summary = checked(HCL / root / "compliant" / "plan.json").summary

    assert (summary.outcome, summary.exit_code) in {("allow", 0), ("warn", 0)}


@pytest.mark.parametrize("root", SEEDED)
def test_the_noncompliant_variant_is_denied_by_the_baseline(root: str) -> None:
    summary = checked(HCL / root / "noncompliant" / "plan.json").summary

    assert (summary.outcome, summary.exit_code) == ("deny", 1)


@pytest.mark.parametrize("root", TO_NONCOMPLIANT)
def test_a_change_from_compliant_to_noncompliant_is_denied_by_the_baseline(root: str) -> None:
    summary = checked(HCL / root / "plan-compliant-to-noncompliant.json").summary

    assert (summary.outcome, summary.exit_code) == ("deny", 1)


@pytest.fixture(scope="module")
def found() -> dict[str, set[tuple[str, str, str]]]:
    """By root, all findings of all controls on its noncompliant variant: control, code, resource."""
    return {
        root: findings(checked(HCL / root / "noncompliant" / "plan.json", str(HERE / "every.yaml"))) for root in SEEDED
    }


@pytest.mark.parametrize(("root", "fault"), FAULTS, ids=[f"{root}: {fault}" for root, fault in FAULTS])
def test_a_seeded_fault_is_found(root: str, fault: str, found: dict[str, set[tuple[str, str, str]]]) -> None:
    control, code, resource = SEEDED[root][fault]

    assert (control, code, resource) in found[root]


Models = dict[tuple[str, str], set[str]]


@pytest.fixture(scope="module")
def baseline() -> Models:
    """What the baseline finds in the fleet: 48 models in nested modules, ten of them out of line."""
    return models(checked(HCL / "model-fleet" / "plan.json"))


@pytest.fixture(scope="module")
def high_risk() -> Models:
    """The same under the Act's profile, on the day from which high-risk systems of Annex III are bound."""
    return models(checked(HCL / "model-fleet" / "plan.json", "eu-ai-act-high-risk", "2027-12-02"))


def test_of_the_fleet_the_baseline_names_the_seeded_models_and_no_other(baseline: Models) -> None:
    assert baseline == {
        ("GOV-001", "no_system"): OPERATIONS,
        ("GOV-001", "risk_class_not_accepted"): OPERATIONS,
        ("LOG-001", "no_capture"): {"people-cv-rank"},
        ("LOG-003", "too_short"): OPERATIONS,
        ("SEC-001", "no_key"): OPERATIONS,
        ("SEC-003", "open_network"): {"service-chat"},
        ("SUP-002", "mutable_tag"): OPERATIONS,
    }


def test_of_the_fleet_the_high_risk_profile_adds_what_only_it_asks_for(baseline: Models, high_risk: Models) -> None:
    """No bucket of the fleet keeps versions or is locked, and no endpoint is watched: module, lines 42 to 53 and 112 to 116."""
    added = {key: named for key, named in high_risk.items() if key not in baseline}

    assert {key: high_risk.get(key) for key in baseline} == baseline
    assert len(added.pop(("DAT-002", "not_versioned"))) == 48
    assert len(added.pop(("DAT-003", "no_retention"))) == 48
    assert added == {
        ("OPS-001", "not_monitored"): HIGH_RISK,
        ("SUP-001", "mutable_tags"): OPERATIONS,
        ("SUP-001", "not_scanned"): OPERATIONS,
    }


def test_whether_unclassified_models_must_record_requests_cannot_be_told() -> None:
    (decision,) = checked(HCL / "model-fleet" / "plan.json").decisions
    (logging,) = [result for result in decision.results if result.control["id"] == "LOG-001"]

    assert {model_of(one.entry["resource"]) for one in logging.undetermined} == OPERATIONS


def findings(report: Report) -> set[tuple[str, str, str]]:
    return {
        (result.control["id"], one.entry.get("code", ""), one.entry["resource"])
        for result in only(report).results
        for one in result.findings
    }


def models(report: Report) -> Models:
    """By control and code, the models of the fleet that have the finding."""
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for control, code, resource in findings(report):
        named[control, code].add(model_of(resource))
    return dict(named)


def model_of(resource: str) -> str:
    found = re.match(r'module\.service\["([^"]+)"\]\.', resource)
    assert found is not None, resource
    return found[1]


def only(report: Report) -> Decided:
    (decision,) = report.decisions
    return decision
