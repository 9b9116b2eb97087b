"""Over all controls: no waiver, however it is broken or bent, lowers what it does not name; broken facts gain nothing by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from policyctl.model.decision import Answer
from policyctl.model.errors import EngineError
from policyctl.workbench.breaking import mutations
from tests.adversarial.accepting import SYSTEM, unlike, waived, waiver_of
from tests.adversarial.fixtures import Fixture, ask
from tests.adversarial.ground import Ground
from tests.adversarial.test_controls import CONTROLS

EVERY = 10
"""Of the mutations of facts, which are judged without waivers already, one in so many."""

BENT: tuple[dict[str, Any], ...] = (
    {"control": "SEC-999"},
    {"control": "*"},
    {"system": "Scoring"},
    {"system": "scoring "},
    {"system": "scor*"},
    {"system": ""},
    {"resource": "*"},
    {"resource": "**"},
    {"resource": "?*"},
    {"resource": "*.*"},
    {"resource": ".+"},
    {"resource": "(?s:.*)|abc"},
    {"resource": "abc)|(.*"},
    {"resource": "\\E.*\\Qabc"},
    {"resource": "[[:print:]]*abc"},
    {"code": "*"},
    {"code": "no_such_code"},
    {"approver": "sam"},
    {"approver": " SAM "},
    {"self_approved": True},
    {"first_day": "2026-11-22"},
    {"last_day": "2026-11-20"},
    {"first_day": "2026-11-30", "last_day": "2026-11-01"},
    {"first_day": "2026-08-01", "last_day": "2027-08-01"},
    {"first_day": "", "last_day": "~"},
    {"first_day": "0", "last_day": "z"},
    {"first_day": 0, "last_day": {"z": 1}},
)


def first_of(ground: Ground, control: str) -> list[Fixture]:
    """Of each status the first fixture of a control: one that fails, and one that could not tell."""
    found = {fixture.status: fixture for fixture in reversed(ground.fixtures[control])}
    return list(found.values())


def bent(fixture: Fixture) -> Iterator[dict[str, Any]]:
    """Documents with one waiver of what is wrong there: whole, broken in every way, bent, beside a system or profile that are broken."""
    yield waived(fixture.document, [waiver_of(fixture)])
    yield waived(fixture.document, [])
    whole = waived(fixture.document, [waiver_of(fixture)])
    parts = {"waivers": whole["waivers"], "system": whole["system"], "allowed": whole["profile"]["waivers"]}
    for mutation in mutations(parts, lambda path: True):
        document = waived(fixture.document, mutation.facts.get("waivers", []))
        document["system"] = mutation.facts.get("system", {})
        document["profile"]["waivers"] = mutation.facts.get("allowed", {})
        yield document
    for changes in BENT:
        yield waived(fixture.document, [waiver_of(fixture, **changes)])
        yield waived(fixture.document, [waiver_of(fixture, **changes), waiver_of(fixture, id="W-2", **changes)])
    for key in ("id", "system", "code"):
        for value in (None, 7, True, [SYSTEM], {SYSTEM: True}, ""):
            yield waived(fixture.document, [waiver_of(fixture, **{key: value})])
    for system in ({}, {"id": SYSTEM}, {"id": "other", "established": True}, {"established": True}):
        yield {**waived(fixture.document, [waiver_of(fixture)]), "system": system}


def without_waivers(ground: Ground, documents: Sequence[dict[str, Any]]) -> list[Answer]:
    """The answer about each document as it is without its waivers; each different one is asked about once."""
    bare = [{**document, "waivers": []} for document in documents]
    keys = [json.dumps([document["system"], document["profile"]["waivers"]]) for document in bare]
    different = dict(zip(keys, bare, strict=True))
    answers = dict(zip(different, ask(ground.engine, ground.catalog, list(different.values())), strict=True))
    return [answers[key] for key in keys]


@pytest.mark.parametrize("control", CONTROLS)
def test_no_waiver_lowers_what_it_does_not_name(ground: Ground, control: str) -> None:
    fixtures = first_of(ground, control)
    assert fixtures
    for fixture in fixtures:
        documents = list(bent(fixture))
        plain = without_waivers(ground, documents)
        answers = ask(ground.engine, ground.catalog, documents)
        wrong = [
            f"{fixture}: {said} with {document['waivers']}"
            for document, without, answer in zip(documents, plain, answers, strict=True)
            if (said := unlike(document, ground.catalog, without, answer))
        ]

        assert not wrong, "\n".join(wrong)
        assert answers[0]["waivers"]["W-1"] in ("applied", "unmatched")
        assert (
            sum("W-1" in str(answer["findings"]) + str(answer["undetermined"]) for answer in answers) < len(answers) / 2
        )


@pytest.mark.parametrize("control", CONTROLS)
def test_broken_facts_gain_nothing_by_a_waiver(ground: Ground, control: str) -> None:
    for fixture in first_of(ground, control):
        waivers = [waiver_of(fixture), waiver_of(fixture, id="W-2", resource="someone_elses")]
        broken = list(mutations(fixture.document["facts"], lambda path: True))[::EVERY]
        documents = [waived({**fixture.document, "facts": mutation.facts}, waivers) for mutation in broken]
        plain = ask(ground.engine, ground.catalog, [{**document, "waivers": []} for document in documents])
        answers = ask(ground.engine, ground.catalog, documents)
        wrong = [
            f"{fixture}: {said} with {mutation}"
            for mutation, document, without, answer in zip(broken, documents, plain, answers, strict=True)
            if (said := unlike(document, ground.catalog, without, answer))
        ]

        assert not wrong, "\n".join(wrong)


def test_most_fails_can_be_waived(ground: Ground) -> None:
    """The tests above would hold if nothing ever were."""
    fails = [fixture for control in CONTROLS for fixture in first_of(ground, control) if fixture.status == "fail"]
    answers = ask(ground.engine, ground.catalog, [waived(f.document, [waiver_of(f)]) for f in fails])

    assert [str(f) for f, answer in zip(fails, answers, strict=True) if answer["waivers"] != {"W-1": "applied"}] == []


def test_a_day_that_no_calendar_has_allows_nothing(ground: Ground) -> None:
    """The reader of waivers refuses it; where one came past it, OPA does not answer."""
    fixture = next(f for f in first_of(ground, "SEC-001") if f.status == "fail")

    with pytest.raises(EngineError):
        ask(ground.engine, ground.catalog, [waived(fixture.document, [waiver_of(fixture, last_day="2026-11-31")])])
