"""The same document warns before the day from which a clause binds the system, and denies from that day on.

The controls are an organisation's own, each mapped to one clause of the Act, and find something in every card: so what changes the
verdict is the law alone. The expected days are in `systems.yaml`, from reading the Act.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl import library, opening, settings
from policyctl.documents.building import build
from policyctl.gathering import gather, subjects
from policyctl.profiles import chosen_profile
from tests.conftest import EXAMPLES, Run

CLAUSES = {
    "Art. 4(1)": "LAW-001",
    "Art. 4a(1)": "LAW-002",
    "Art. 5(1)(a)": "LAW-003",
    "Art. 5(1)(ba)": "LAW-004",
    "Art. 13(1)": "LAW-005",
    "Art. 26(6)": "LAW-006",
    "Art. 49(1)": "LAW-007",
    "Art. 50(1)": "LAW-008",
    "Art. 50(2)": "LAW-009",
    "Art. 50(4)": "LAW-010",
    "Art. 53(1)(d)": "LAW-011",
    "Art. 55(1)": "LAW-012",
}
DATES = [
    "2025-02-02",
    "2025-08-02",
    "2026-07-27",
    "2026-08-02",
    "2026-12-02",
    "2027-08-02",
    "2027-12-02",
    "2028-08-02",
    "2030-08-02",
]
"""The dates of application of the Act, original and as amended; each day before is asked as well."""

SYSTEMS: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "systems.yaml").read_text(),
    yaml.BaseLoader,
)
CARD = EXAMPLES / "model_cards" / "whisper.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration with a content folder of its own."""
    folder = tmp_path_factory.mktemp("law")
    clauses = {}
    for clause, id in CLAUSES.items():
        name = id.lower().replace("-", "_")
        put(
            folder / f"own/rego/policyctl/controls/golden/{name}/{name}.rego",
            f"package policyctl.controls.golden.{name}\n\nresources := {{input.facts.id}}\n\n"
            'findings contains {"code": "always", "resource": input.facts.id, "message": "as always"}\n',
        )
        entry = {
            "id": id,
            "title": clause,
            "objective": "as the clause",
            "rationale": "as the clause",
            "severity": "high",
            "kinds": ["model_card"],
            "remediation": "none",
            "evidence": "none",
        }
        put(folder / f"own/controls_catalog/golden/{name}.yaml", yaml.safe_dump(entry))
        clauses[clause] = [{"control": id, "covers": "part", "because": "For the test."}]
    put(folder / "own/mappings/eu_ai_act.yaml", yaml.safe_dump({"framework": "eu_ai_act", "clauses": clauses}))
    profile = {"id": "golden", "title": "Golden", "description": "For the test", "framework": "eu_ai_act"}
    selected = {"select": {"families": ["golden"]}, "enforcement": {"default": "deny"}, "undetermined": ["high"]}
    put(folder / "golden.yaml", yaml.safe_dump({**profile, **selected}))
    put(folder / "policyctl.yaml", "content: [own]\nprofiles: [golden.yaml]\nprofile: golden\n")
    return folder


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture(scope="module")
def actions(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """What each clause's control does, by system and day, from one batch of questions."""
    own = settings.load({}, {}, folder)
    loaded = library.load((library.own_root(), *own.content), opening.opa_path)
    profile = chosen_profile(own, loaded.bundle.catalog)["kinds"]["model_card"]
    card = subjects(gather([str(CARD)]))[0]
    asked = [(entry["system"], entry["is"], day) for entry in SYSTEMS for day in days()]
    documents = [
        build(card, system=told(system), profile=profile, as_of=day, simulated=False, environment={})
        for _, system, day in asked
    ]
    with opening.start(own, loaded) as engine:
        answers = engine.decide(documents)
    return {
        (name, day): {clause: answer["bindings"][id]["action"] for clause, id in CLAUSES.items()}
        for (name, _, day), answer in zip(asked, answers, strict=True)
    }


def told(system: dict[str, Any]) -> Any:
    return {key: value == "true" if key == "public_authority" else value for key, value in system.items()}


def days() -> list[str]:
    eves = [(date.fromisoformat(day) - timedelta(days=1)).isoformat() for day in DATES]
    return sorted([*DATES, *eves])


@pytest.mark.parametrize("entry", SYSTEMS, ids=[entry["system"] for entry in SYSTEMS])
def test_each_clause_denies_from_its_day(entry: dict[str, Any], actions: dict[tuple[str, str], dict[str, str]]) -> None:
    expected = {
        day: {clause: "deny" if entry["binds"].get(clause, "9999") <= day else "warn" for clause in CLAUSES}
        for day in days()
    }

    assert {day: actions[entry["system"], day] for day in days()} == expected


def test_every_day_of_the_law_is_asked_about() -> None:
    assert {day for entry in SYSTEMS for day in entry["binds"].values()} == set(DATES)


@pytest.mark.parametrize(("day", "code", "outcome"), [("2027-12-01", 3, "WARN"), ("2027-12-02", 1, "DENY")])
def test_a_simulated_date_never_passes_a_gate(
    day: str, code: int, outcome: str, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    put(
        folder / "one.yaml",
        "id: one\ntitle: Golden\ndescription: For the test\nextends: golden\nselect: {controls: [LAW-005]}\n",
    )
    ran = run("check", str(CARD), "--profile", "one.yaml", "--as-of", day, "--no-record")

    assert (ran.code, ran.out.startswith(outcome)) == (code, True)
