"""What is done to a server, and what becomes of requests meanwhile."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.admission.requests import request, vllm
from tests.admission.serving import Answered, Serving

PATIENCE = 60.0
"""Seconds until what must come has to be there: the machine may be busy."""


def until(true: Callable[[], object], what: str) -> None:
    """Waits until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def opa_of(serving: Serving) -> int:
    """The process of the server's OPA."""
    until(lambda: any(_opas_under(serving.pid)), "the server has no OPA")
    return next(_opas_under(serving.pid))


def _opas_under(parent: int) -> Iterator[int]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            above = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            if above == parent and (process / "exe").readlink().name == "opa":
                yield int(process.name)


def denied(name: str = "scoring", **changes: Any) -> bytes:
    """The review of a Deployment that the baseline denies."""
    value = vllm()
    value["metadata"]["name"] = name
    return review(request(value, uid=name) | changes)


def review(asked: Any) -> bytes:
    """The body that asks it."""
    return json.dumps({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": asked}).encode()


@contextmanager
def asking(serving: Serving, at_once: int = 4, query: str = "?timeout=10s") -> Iterator[list[Answered]]:
    """Asks about a denied object again and again, from several threads; the answers, complete at the end. Whatever else a client
    sees, a connection that is refused or cut, is an error.
    """
    over = threading.Event()
    answers: list[Answered] = []

    def ask() -> None:
        while not over.is_set():
            answers.append(serving.post(denied(), query=query))

    with ThreadPoolExecutor(at_once) as threads:
        running: list[Future[None]] = [threads.submit(ask) for _ in range(at_once)]
        try:
            yield answers
        finally:
            over.set()
        for one in running:
            one.result()


def decisions(answers: list[Answered]) -> set[str]:
    """The ids that these answers name. Each is a denial or an error of the server: never an allow."""
    for answer in answers:
        assert answer.status == 200 or answer.status >= 500, (answer.status, answer.body)
    given = [answer.response for answer in answers if answer.status == 200]
    assert not any(response["allowed"] for response in given)
    return {response["auditAnnotations"]["decision-id"] for response in given}


def on_record(ledger: Path) -> set[str]:
    """The ids of all entries of a ledger."""
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as opened:
        return {id for (id,) in opened.execute("SELECT id FROM entries")}


@contextmanager
def locked(ledger: Path) -> Iterator[None]:
    """Somebody else writes to the ledger, and does not come to an end."""
    with closing(sqlite3.connect(ledger, isolation_level=None, timeout=PATIENCE)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def without_room(serving: Serving, room: int = 4096) -> Iterator[None]:
    """No file of the server's may grow beyond so many bytes, its ledger and its log among them, as on a full disk."""
    with open(serving.folder / "serve.log", "ab") as log:
        log.write(b"\n" * room)
    before = resource.prlimit(serving.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(serving.pid, resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.prlimit(serving.pid, resource.RLIMIT_FSIZE, before)


def unready(serving: Serving) -> str:
    """What /readyz says once it does not say ok."""
    said: list[bytes] = []

    def tells() -> bool:
        answered = serving.status("/readyz")
        said[:] = [answered.body]
        return answered.status == 503

    until(tells, "the server says that it is ready")
    return said[0].decode()


def answers_again(serving: Serving) -> str:
    """Waits until a denied object is denied and the server is ready; the decision's id."""
    answers: list[Answered] = []

    def answered() -> bool:
        answers.append(serving.post(denied(), query="?timeout=10s"))
        return answers[-1].status == 200

    until(answered, "the server does not recover")
    until(serving.ready, serving.log())
    (id,) = decisions(answers[-1:])
    return id


def signalled(process: int, number: int) -> None:
    """Sends a signal to a process that this test started."""
    os.kill(process, number)
