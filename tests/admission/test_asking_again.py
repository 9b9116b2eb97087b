"""An OPA that fails is started again, and nobody fails for a neighbour."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from policyctl.admission import asking as module
from policyctl.admission.judging import Given, Judging
from policyctl.admission.metrics import Metrics
from policyctl.admission.review import Answer, Request
from policyctl.admission.waiting import Internal, Queue
from policyctl.deciding import Asked
from policyctl.model.document import Collected, InputDocument
from policyctl.model.errors import EngineError, UsageError
from policyctl.opening import Opened
from policyctl.pipeline import Standing
from tests.admission.conftest import TODAY
from tests.admission.requests import request, vllm


@dataclasses.dataclass(slots=True)
class _Run(Opened):
    """Its OPA cannot always be had."""

    failing: list[Exception] = dataclasses.field(default_factory=list)
    restarts: int = 0

    def restart(self) -> None:
        self.restarts += 1
        if self.failing:
            raise self.failing.pop()


@dataclasses.dataclass(frozen=True, slots=True)
class _Standing(Standing):
    """OPA gives no answer about some objects."""

    asked: list[list[str]] = dataclasses.field(default_factory=list)

    def answered(self, documents: Sequence[tuple[Collected, InputDocument]]) -> Iterator[Asked]:
        names = [one.subject["path"].rpartition("/")[2] for one, _ in documents]
        self.asked.append(names)
        if any(name.startswith("poison") for name in names):
            raise EngineError("no answer", hint="")
        return Standing.answered(self, documents)


@dataclasses.dataclass(frozen=True, slots=True)
class Trial:
    """What judges, and what became of its OPA."""

    judging: Judging
    run: _Run
    standing: _Standing

    def given(self, *names: str) -> list[Given]:
        return self.judging.given([named(name) for name in names])


@pytest.fixture
def trial(opened: Opened, tmp_path: Path) -> Iterator[Trial]:
    settings = dataclasses.replace(opened.settings, ledger=str(tmp_path / "ledger.db"))
    run = _Run(settings, opened.loaded, opened.engine, opened.controls)
    plain = Standing.of(run, None, TODAY)
    standing = _Standing(*(getattr(plain, field.name) for field in dataclasses.fields(Standing)))
    judging = Judging(standing, lambda: TODAY, timeout=1)
    yield Trial(judging, run, standing)
    judging.close()


def named(name: str) -> Request:
    value = vllm()
    value["metadata"]["name"] = name
    return Request.model_validate(request(value))


def test_only_the_request_that_opa_fails_about_is_refused(trial: Trial) -> None:
    first, poison, last = trial.given("first", "poison", "last")

    assert isinstance(poison, EngineError)
    assert isinstance(first, Answer)
    assert isinstance(last, Answer)
    assert (first.code, last.code) == (403, 403)
    assert trial.run.restarts == 2


@pytest.mark.parametrize("error", [EngineError("no OPA", hint=""), UsageError("POLICYCTL_OPA is gone", hint="")])
def test_an_opa_that_cannot_be_started_is_tried_again_for_the_next(trial: Trial, error: Exception) -> None:
    trial.run.failing.append(error)
    poison, last = trial.given("poison", "last")

    assert isinstance(poison, EngineError)
    assert poison.message == str(error)
    assert isinstance(last, Answer)


def test_after_some_seconds_the_rest_is_not_asked_about_one_by_one(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AGAIN", 0)
    names = ["poison", *(f"n-{n}" for n in range(63))]

    assert all(isinstance(given, EngineError) for given in trial.given(*names))
    assert trial.standing.asked == [names]


def test_a_defect_about_one_request_is_no_error_of_the_others() -> None:
    def judge(requests: Sequence[Request]) -> list[Given]:
        if any(request.name == "poison" for request in requests):
            raise KeyError("words of a request")
        return [Answer(False, 403) for _ in requests]

    async def asked() -> list[Given | BaseException]:
        queue = Queue(judge, Metrics())
        waiting = [asyncio.ensure_future(queue.given(named(name))) for name in ("first", "poison", "last")]
        await asyncio.sleep(0)
        running = asyncio.create_task(queue.run())
        answers = await asyncio.gather(*waiting, return_exceptions=True)
        running.cancel()
        queue.close()
        return answers

    first, poison, last = asyncio.run(asked())
    assert first == last == Answer(False, 403)
    assert isinstance(poison, Internal)
    assert "words" not in poison.message
