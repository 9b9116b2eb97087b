"""What judges requests: a real OPA, and a ledger of the test's own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policyctl import settings
from policyctl.admission.judging import Judging
from policyctl.context import Context
from policyctl.opening import Opened, open_run
from policyctl.pipeline import Standing

TODAY = Context("server", "2026-11-22")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """OPA with the baseline's controls of Kubernetes objects."""
    nowhere = tmp_path_factory.mktemp("nowhere")
    with open_run(settings.load({}, environment={}, cwd=nowhere), ["kubernetes_object"]) as run:
        yield run


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Where the decisions are recorded."""
    return tmp_path / "ledger.db"


@pytest.fixture
def judging(opened: Opened, ledger: Path) -> Iterator[Judging]:
    """Judges by the baseline."""
    made = judging_of(opened, ledger)
    yield made
    made.close()


def judging_of(opened: Opened, ledger: Path, context: Callable[[], Context] = lambda: TODAY) -> Judging:
    """Judges by an open run, and records here."""
    run = dataclasses.replace(opened, settings=dataclasses.replace(opened.settings, ledger=str(ledger)))
    return Judging(Standing.of(run, None, context()), context, timeout=1)
