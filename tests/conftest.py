"""A home of its own for every test: no configuration, ledger or engine of the person who runs it has any effect."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from policyctl.context import PIPELINE_VARIABLES
from policyctl.engines.install import install
from policyctl.ledger import initialise_ledger
from tests.postgres import Database, Postgres, running

# How long an example takes tells of the machine, not of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# A shell that starts the tests in the background has them ignore Ctrl-C, and so would every command that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
DATA = ROOT / "tests" / "data"


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The user's state lies in a folder of the test's own, no POLICYCTL_ variable but the cache's is set, no pipeline is recognised."""
    for name in PIPELINE_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name in list(os.environ):
        if name.startswith("POLICYCTL_") and name not in ("POLICYCTL_CACHE", "POLICYCTL_TF_MIRROR"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(ROOT)
    state = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    return state


@pytest.fixture(scope="session")
def opa_path() -> str:
    """The pinned OPA. Where it cannot be had, the tests fail."""
    return install(lambda _: None, version="1.19.1").path


@pytest.fixture(scope="session")
def newest_opa_path() -> str:
    """The newest OPA of the tested range."""
    return install(lambda _: None, version="1.22.0").path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of these tests' own. Where there is none, the tests fail: make servers gets it."""
    with running() as server:
        yield server


_NUMBERS = itertools.count(1)


@pytest.fixture
def empty_database(postgres: Postgres) -> Database:
    """A database that holds nothing yet."""
    return postgres.create(f"db{next(_NUMBERS)}")


@pytest.fixture
def database(empty_database: Database) -> Database:
    """A database that holds an empty ledger, owned by an ordinary role."""
    initialise_ledger(empty_database.url, {})
    return empty_database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger can be opened: once a file, once a database."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    made: Database = request.getfixturevalue("database")
    return made.url


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs one command line in this process: run("check", "plan.json").code."""
    from policyctl.cli.main import run as run_command

    def run_one(*arguments: str) -> Ran:
        capfd.readouterr()
        code = run_command(arguments)
        captured = capfd.readouterr()
        return Ran(code, captured.out, captured.err)

    return run_one
