"""The controls of the family `system` say of each case what its class and role, read from the law's text, give."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from policyctl import library, opening, settings
from policyctl.collectors.reading import parse
from policyctl.collectors.system import SystemCollector
from policyctl.documents.building import build
from policyctl.documents.cutting import Cut, cut
from policyctl.model.decision import Answer, status_of
from policyctl.model.document import InputDocument
from policyctl.workbench.judging import every_control
from tests.classification.documents import AS_OF, CASES, Description, description
from tests.conftest import ROOT, Run

LETTERS = {
    f"prohibited Art. 5(1)({letter})": f"SYS-{number:03}"
    for number, letter in enumerate(["a", "b", "ba", "bb", "c", "d", "e", "f", "g", "h"], 1)
}
DUTIES = {f"transparency Art. 50({paragraph})": f"SYS-{23 + paragraph:03}" for paragraph in (1, 2, 3, 4)}
POINTS = {
    name: f"SYS-{number:03}"
    for number, name in enumerate(
        [
            "biometrics",
            "critical_infrastructure",
            "education",
            "employment",
            "essential_services",
            "law_enforcement",
            "migration",
            "justice_and_democracy",
        ],
        13,
    )
}
FAMILY = frozenset(f"SYS-{number:03}" for number in range(1, 29))
STATUS = {"established": "fail", "undetermined": "undetermined", "excluded": "pass"}

Deciding = Callable[[list[Description]], list[Answer]]


@pytest.fixture(scope="module")
def decided() -> Iterator[Deciding]:
    """What the family's controls say of descriptions, asked of one OPA that has these controls only."""
    own = settings.load({})
    loaded = library.load((library.own_root(),), opening.opa_path)
    catalog = loaded.bundle.catalog
    profile = every_control(catalog)["kinds"]["system"]
    family = {id: action for id, action in profile["enforcement"].items() if id in FAMILY}

    def document(described: Description) -> InputDocument:
        (read,) = SystemCollector().collect([parse(json.dumps(described), "system.json", "0" * 64, 0)])
        chosen: Any = {**profile, "enforcement": family}
        return build(read.subjects[0], system={}, profile=chosen, as_of=AS_OF, simulated=False, environment={})

    with opening.start(own, loaded, FAMILY) as engine:
        yield lambda listed: engine.decide([cut(document(one), Cut.of(catalog, "system")) for one in listed])


@pytest.fixture(scope="module")
def answers(decided: Deciding) -> dict[str, Answer]:
    """The answer about every case, by its name. Roles are stated as the law gives them; classes as the case says, mostly none."""
    described = [{"roles": roles_of(case), **description(case["change"])} for case in CASES]
    return {case["name"]: answer for case, answer in zip(CASES, decided(described), strict=True)}


def roles_of(case: dict[str, Any]) -> list[str]:
    roles: list[str] = case.get("roles", ["deployer"])
    return roles


def status(case: dict[str, Any], label: str) -> str:
    """The status of a class in a case: established, undetermined or excluded."""
    return next((word for word in ("established", "undetermined") if label in case.get(word, [])), "excluded")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_controls_say_what_the_law_says_of_the_case(case: dict[str, Any], answers: dict[str, Answer]) -> None:
    answer = answers[case["name"]]
    found = {id: status_of(answer, id) for id in FAMILY}
    expected = {id: STATUS[status(case, label)] for label, id in LETTERS.items()}
    if "classes" not in case["change"]:
        expected |= {id: STATUS[status(case, label)] for label, id in DUTIES.items()}
        expected["SYS-012"] = STATUS[status(case, "high_risk annex_i")]
        models = {status(case, "gpai Art. 3(63)"), status(case, "gpai_systemic Art. 51(1)")}
        expected["SYS-023"] = next(STATUS[word] for word in STATUS if word in models)
    if "stated_roles" not in case["change"]:
        open_roles = bool(case.get("roles_undetermined")) or not roles_of(case)
        expected["SYS-011"] = "undetermined" if open_roles else "pass"
    expected["SYS-028"] = (
        "fail" if case.get("review") else "undetermined" if case.get("undetermined") or open_purpose(case) else "pass"
    )

    assert {id: found[id] for id in expected} == expected


def open_purpose(case: dict[str, Any]) -> bool:
    return case["change"].get("purpose") == "null" or bool(case.get("roles_undetermined"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_point_of_annex_iii_is_found_where_the_law_lists_the_use(
    case: dict[str, Any], answers: dict[str, Answer]
) -> None:
    """Only points that the case is about; by none of them where the class is excluded or the derogation established."""
    found = {name: status_of(answers[case["name"]], id) for name, id in POINTS.items()}
    about = {name.partition(".")[2] for name in case["change"] if name.startswith("annex_iii.")}
    failing = {name for name, word in found.items() if word == "fail"}

    match status(case, "high_risk annex_iii"):
        case "established":
            stated = any(one.get("route") == "annex_iii" for one in case["change"].get("classes", []))
            assert failing <= about
            assert bool(failing) is not stated
        case "excluded":
            assert set(found.values()) == {"pass"}
        case _:
            assert set(found.values()) != {"pass"}


def test_without_an_answer_nothing_passes_and_nothing_is_left_out(decided: Deciding) -> None:
    silent: Description = {"policyctl": "system", "id": "a"}
    (bare, stated) = decided(
        [
            silent,
            {
                **silent,
                "purpose": "Sorts holiday photographs by colour.",
                "roles": ["deployer"],
                "classes": [{"id": "transparency", "basis": "Art. 50(1)"}],
            },
        ]
    )

    assert {status_of(bare, id) for id in FAMILY} == {"undetermined"}
    assert {status_of(stated, id) for id in FAMILY} == {"undetermined"}


@pytest.mark.parametrize(
    ("control", "day", "outcome"),
    [
        ("intimate_material", "2026-12-01", "WARN"),
        ("intimate_material", "2026-12-02", "DENY"),
        ("child_abuse_material", "2026-12-01", "WARN"),
        ("child_abuse_material", "2026-12-02", "DENY"),
        ("social_scoring", "2025-02-01", "WARN"),
        ("social_scoring", "2025-02-02", "DENY"),
    ],
)
def test_a_prohibition_denies_from_its_own_day_whatever_class_is_stated(
    control: str, day: str, outcome: str, run: Run
) -> None:
    (example,) = (ROOT / "controls_catalog/system" / control / "examples/fail.prohibited").iterdir()
    ran = run("check", str(example), "--profile", "eu-ai-act-high-risk", "--as-of", day, "--no-record")

    assert ran.out.startswith(outcome)


def test_a_prohibition_that_is_not_decided_is_not_assumed(run: Run) -> None:
    path = Path("controls_catalog/system/social_scoring/examples/undetermined/unanswered.yaml")
    told = json.loads(
        run("check", str(ROOT / path), "--profile", "eu-ai-act-high-risk", "--no-record", "-o", "json").out
    )
    (result,) = [one for one in told["decisions"][0]["results"] if one["control"]["id"] == "SYS-005"]

    assert (result["status"], result["when_untold"]) == ("undetermined", "warn")
