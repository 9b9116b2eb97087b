"""A small bundle of five controls, real OPAs to run it, and documents for it."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from policyctl.engines.binary import Binary
from policyctl.engines.install import install
from policyctl.engines.managed import ManagedEngine
from policyctl.engines.runtime import remove_tree
from policyctl.model.decision import BundleIdentity

RULES = Path(__file__).parent / "bundle"
CONTROLS = ("T-001", "T-002", "T-003", "T-004")


@pytest.fixture(scope="session", params=["1.19.1", "1.22.0"])
def opa(request: pytest.FixtureRequest) -> Binary:
    """The pinned and the newest tested OPA; installed if need be, which fails where it cannot be had."""
    return install(lambda text: print(text, file=sys.stderr), version=request.param)


@pytest.fixture(scope="session")
def pinned_opa() -> Binary:
    """The pinned OPA, for what does not depend on OPA's version."""
    return install(lambda text: print(text, file=sys.stderr), version="1.19.1")


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A runtime folder of the test's own, with a path that is short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="pc"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.delenv("POLICYCTL_OPA", raising=False)
    yield folder
    remove_tree(folder)


Build = Callable[..., tuple[Path, BundleIdentity]]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Makes an archive of the test rules: `build(revision, {path: text})`, the latter added or replaced."""

    def make(revision: str = "r1", changes: Mapping[str, str] = {}) -> tuple[Path, BundleIdentity]:
        files = {str(path.relative_to(RULES)): path.read_text() for path in sorted(RULES.rglob("*.rego"))}
        files[".manifest"] = f'{{"revision":"{revision}","roots":["policyctl"],"rego_version":1}}'
        archive = tmp_path / f"{revision}.tar.gz"
        with tarfile.open(archive, "w:gz") as tar:
            for name, text in (files | dict(changes)).items():
                member = tarfile.TarInfo(name)
                member.size = len(text.encode())
                tar.addfile(member, io.BytesIO(text.encode()))
        return archive, BundleIdentity("policyctl", revision, hashlib.sha256(archive.read_bytes()).hexdigest())

    return make


@pytest.fixture
def engine(opa: Binary, build: Build) -> Iterator[ManagedEngine]:
    """A managed OPA with the test bundle."""
    with ManagedEngine(opa, *build()) as managed:
        yield managed


def make_document(
    number: int = 1, *, controls: tuple[str, ...] = CONTROLS, as_of: str = "2026-11-21", **facts: Any
) -> Any:
    """A document that T-001 to T-004 pass, with facts added or replaced."""
    good = {"deadline": "2027-01-01T00:00:00Z", "owner": "ml", "size": "10"}
    return {
        "kind": "model_card",
        "subject": {"id": f"subject-{number}", "path": "MODEL_CARD.md"},
        "as_of": as_of,
        "simulated": False,
        "profile": {"enforcement": dict.fromkeys(controls, "deny")},
        "facts": good | facts,
        "gaps": [],
    }


@pytest.fixture
def document() -> Callable[..., Any]:
    """Makes documents: see `make_document`."""
    return make_document


@pytest.fixture
def running(runtime: Path) -> Callable[[], list[int]]:
    """Lists the processes that work in this test's runtime folder: its OPAs, then the shells that watch over them.

    By what they execute and where: a command line reads as empty while its process becomes another program.
    """

    def processes() -> list[int]:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if str(runtime) in os.readlink(process / "cwd"):
                    found.append((not os.readlink(process / "exe").endswith("/opa"), int(process.name)))
        return [id for _, id in sorted(found)]

    return processes


@pytest.fixture
def stop() -> Callable[[int], None]:
    """Stops a process and waits until each of its threads has: until then one may still answer."""

    def stopped(process: int) -> None:
        os.kill(process, signal.SIGSTOP)
        deadline = time.monotonic() + 10
        while {_state(thread) for thread in Path("/proc").glob(f"{process}/task/*/stat")} != {"T"}:
            assert time.monotonic() < deadline, f"process {process} does not stop"
            time.sleep(0.01)

    return stopped


def _state(stat: Path) -> str:
    return stat.read_text().rpartition(")")[2].split()[0]
