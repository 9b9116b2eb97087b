"""What a break-glass has to say, what it covers, and what is on record of it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from policyctl.admission.break_glass import BreakGlass, Refused, read
from policyctl.admission.breaking import BreakGlasses
from policyctl.admission.cluster.cache import STALE, Cache
from policyctl.admission.cluster.kinds import CONFIG_MAP, break_glasses
from policyctl.admission.judging import Judging
from policyctl.admission.review import Answer, Request
from policyctl.ledger.entry import NewEntry
from policyctl.model.errors import EngineError, LedgerError
from policyctl.opening import Opened
from policyctl.pipeline import Standing
from tests.admission.conftest import TODAY
from tests.admission.requests import config_map, request, vllm
from tests.admission.test_judging import bodies

MADE = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
DATA = {"approved_by": "alex", "reason": "INC-4711", "until": "2026-11-22T12:00:00Z", "namespaces": "ml"}


def glass(name: str = "g", immutable: object = True, made: datetime = MADE, **data: str | None) -> dict[str, Any]:
    """A ConfigMap as an API server gives it; None takes a key away."""
    told = {key: text for key, text in {**DATA, **data}.items() if text is not None}
    metadata = {"name": name, "uid": f"uid-{name}", "namespace": "policyctl", "creationTimestamp": made.isoformat()}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "immutable": immutable, "data": told}


@dataclasses.dataclass
class Clock:
    """Stands still until it is set."""

    now: datetime = MADE
    silent: float = 0.0

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.silent


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cache(clock: Clock) -> Cache:
    made = Cache([break_glasses("policyctl")], clock.monotonic)
    made.replaced(CONFIG_MAP, ())
    return made


@pytest.fixture
def glasses(cache: Cache, clock: Clock) -> BreakGlasses:
    return BreakGlasses(cache, clock)


@pytest.fixture
def judging(opened: Opened, ledger: Path, glasses: BreakGlasses) -> Iterator[Judging]:
    run = dataclasses.replace(opened, settings=dataclasses.replace(opened.settings, ledger=str(ledger)))
    made = Judging(Standing.of(run, None, TODAY), lambda: TODAY, timeout=1, broken=glasses.over)
    yield made
    made.close()
    opened.engine = run.engine


def asked(value: dict[str, Any], **more: Any) -> Request:
    return Request.model_validate(request(value, **more))


def test_one_that_says_all_is_taken() -> None:
    found = read(glass(users="cn=dana,ou=ml\nsam", started_by="root"))

    assert isinstance(found, BreakGlass)
    assert found.users == ("cn=dana,ou=ml", "sam")
    assert found.told() == {
        "name": "g",
        "uid": "uid-g",
        "approved_by": "alex",
        "reason": "INC-4711",
        "until": "2026-11-22T12:00:00Z",
        "namespaces": ["ml"],
        "users": ["cn=dana,ou=ml", "sam"],
        "started_by": "root",
    }


@pytest.mark.parametrize(
    ("value", "why"),
    [
        *((glass(**{key: None}), f"{key} is not said") for key in DATA),
        *((glass(**{key: "  "}), f"{key} is not said") for key in DATA),
        (glass(immutable=False), "not immutable"),
        (glass(immutable=None), "not immutable"),
        (glass(until="tomorrow"), "until is no moment"),
        (glass(until="2026-11-22T12:00:00"), "until has no zone"),
        (glass(until="2026-11-22"), "until has no zone"),
        (glass(until="9999-12-31T23:59:59-23:59"), "until is no moment"),
        (glass(until="2026-11-22T10:00:00Z"), "was over when it was made"),
        (glass(until="2026-11-23T10:06:00Z"), "more than 24 hours after"),
        (glass(until="2027-11-22T10:00:00Z"), "more than 24 hours after"),
        (glass(namespaces="*"), "* is no namespace"),
        (glass(namespaces="ml, web"), "ml, web is no namespace"),
        (glass(namespaces="m*"), "m* is no namespace"),
        (glass(users=""), "users: a name on each line"),
        (glass(user="dana"), "user is none of"),
        ({**glass(), "binaryData": {"until": "AA=="}}, None),
        ({**glass(), "binaryData": {"more": "AA=="}}, "more is none of"),
        ({**glass(), "data": None}, "approved_by is not said"),
    ],
)
def test_one_that_does_not_say_all_has_no_effect_and_says_why(value: dict[str, Any], why: str | None) -> None:
    found = read(value)
    if why is None:
        assert isinstance(found, BreakGlass)
        return

    assert isinstance(found, Refused)
    assert why in found.why


def test_a_day_is_the_longest() -> None:
    assert isinstance(read(glass(until="2026-11-23T10:00:00Z")), BreakGlass)


def test_what_is_denied_in_its_scope_is_let_through_and_stays_a_deny_on_record(
    judging: Judging, cache: Cache, ledger: Path
) -> None:
    cache.replaced(CONFIG_MAP, [glass()])
    (answer,) = judging.given([asked(vllm())])
    ((id, _, body),) = bodies(ledger)

    assert isinstance(answer, Answer)
    assert answer.allowed
    assert (
        answer.warnings[0]
        == "denied, and allowed: break-glass g, approved by alex until 2026-11-22T12:00:00Z: INC-4711"
    )
    assert any(warning.startswith("SEC-008: ") for warning in answer.warnings)
    assert (answer.audit["decision-id"], answer.audit["break-glass"], answer.audit["outcome"]) == (id, "g", "deny")
    assert body["outcome"] == "deny"
    granted = read(glass())
    assert isinstance(granted, BreakGlass)
    assert body["context"]["break_glass"] == granted.told()


def test_an_owner_that_it_lets_through_lets_nothing_in(judging: Judging, cache: Cache, ledger: Path) -> None:
    cache.replaced(CONFIG_MAP, [glass()])
    value = vllm()
    value["metadata"]["uid"] = "d-1"
    (answer,) = judging.given([asked(value)])
    ((_, _, body),) = bodies(ledger)

    assert isinstance(answer, Answer)
    assert answer.allowed
    assert "break_glass" in body["context"]
    assert "let_in" not in body["blobs"]


def test_what_needs_none_is_not_said_to_be_let_through(judging: Judging, cache: Cache, ledger: Path) -> None:
    cache.replaced(CONFIG_MAP, [glass()])
    changed = vllm() | {"metadata": {**vllm()["metadata"], "annotations": {"a": "b"}}}
    judging.given([asked(config_map(), uid="sound"), asked(changed, uid="no worse", operation="UPDATE", old=vllm())])

    assert not [body for _, _, body in bodies(ledger) if "break_glass" in body["context"]]


@pytest.mark.parametrize(
    ("data", "value", "user", "allowed"),
    [
        ({}, vllm(), "dana", True),
        ({"namespaces": "web\nml"}, vllm(), "dana", True),
        ({"namespaces": "web"}, vllm(), "dana", False),
        ({"namespaces": "-"}, vllm(), "dana", False),
        ({"namespaces": "m"}, vllm(), "dana", False),
        ({"users": "dana"}, vllm(), "dana", True),
        ({"users": "sam"}, vllm(), "dana", False),
        ({"users": "Dana"}, vllm(), "dana", False),
    ],
)
def test_its_scope_is_taken_to_the_letter(
    judging: Judging, cache: Cache, data: dict[str, str], value: dict[str, Any], user: str, allowed: bool
) -> None:
    cache.replaced(CONFIG_MAP, [glass(**data)])
    (answer,) = judging.given([asked(value, user=user)])

    assert isinstance(answer, Answer)
    assert answer.allowed == allowed


def test_it_ends_at_its_moment_whatever_the_watch_says(judging: Judging, cache: Cache, clock: Clock) -> None:
    cache.replaced(CONFIG_MAP, [glass()])
    allowed = []
    for now in ("11:59:59", "12:00:00", "12:00:01"):
        clock.now = datetime.fromisoformat(f"2026-11-22T{now}Z")
        (answer,) = judging.given([asked(vllm())])
        allowed.append(isinstance(answer, Answer) and answer.allowed)

    assert allowed == [True, False, False]


def test_one_that_nobody_vouches_for_any_more_lets_nothing_through(
    judging: Judging, cache: Cache, clock: Clock
) -> None:
    cache.replaced(CONFIG_MAP, [glass()])
    clock.silent = STALE + 1
    (answer,) = judging.given([asked(vllm())])

    assert isinstance(answer, Answer)
    assert not answer.allowed


def test_what_cannot_be_read_or_decided_is_never_let_through(
    judging: Judging, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.replaced(CONFIG_MAP, [glass()])
    unread = asked(vllm())
    unread.object = None
    other = asked(vllm())
    other.object = {**vllm(), "kind": "ConfigMap"}
    refused = judging.given([unread, other])
    monkeypatch.setattr(type(judging._standing.run.engine), "decide", _unreachable)
    (undecided,) = judging.given([asked(vllm())])

    assert [(a.allowed, a.code) for a in refused if isinstance(a, Answer)] == [(False, 422)] * 2
    assert isinstance(undecided, EngineError)


def _unreachable(*_: object) -> None:
    raise EngineError("OPA cannot be reached")


def test_its_begin_its_end_and_its_refusal_are_on_record_once(
    glasses: BreakGlasses, cache: Cache, clock: Clock
) -> None:
    recorded: list[NewEntry] = []
    cache.replaced(CONFIG_MAP, [glass("good"), glass("bad", until="never")])
    for _ in range(3):
        glasses._look("policyctl", recorded.extend)
    clock.now = MADE + timedelta(hours=2)
    for _ in range(3):
        glasses._look("policyctl", recorded.extend)
    told = [json.loads(entry.body) for entry in recorded]

    assert [(one["outcome"], one["break_glass"]["name"]) for one in told] == [
        ("break-glass begins", "good"),
        ("break-glass refused", "bad"),
        ("break-glass ends", "good"),
    ]
    assert {entry.kind for entry in recorded} == {"admission"}
    assert told[0]["subject"]["id"] == "ConfigMap.v1/policyctl/good"
    assert (told[0]["actor"], told[0]["reason"]) == ("alex", "INC-4711")


def test_what_cannot_be_recorded_of_it_is_recorded_later(glasses: BreakGlasses, cache: Cache) -> None:
    recorded: list[NewEntry] = []
    cache.replaced(CONFIG_MAP, [glass()])
    glasses._look("policyctl", _unwritable)
    glasses._look("policyctl", recorded.extend)

    assert len(recorded) == 1


def _unwritable(_: object) -> None:
    raise LedgerError("full", hint="")
