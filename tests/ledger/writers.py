"""Processes that write to a ledger and come to a bad end, for test_durability. Prints what it saw as JSON.

Run as a program: in a process of its own, forking is safe and resource limits bind nobody else.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from policyctl.ledger import Ledger, NewEntry, open_ledger
from policyctl.model.errors import LedgerError

GROUP = 10


def entry(number: int, size: int = 900) -> NewEntry:
    document = b"%d " % number * 50
    digest = hashlib.sha256(document).hexdigest()
    body = json.dumps({"blobs": {"document": digest}, "number": number, "padding": "x" * size})
    return NewEntry("decision", body.encode(), {digest: document})


def write_for_ever(path: Path, start: int, acknowledge: int) -> None:
    """Appends, by turns one entry and a few, and writes each id to the pipe when `append` has returned."""
    with open_ledger(str(path)) as ledger:
        while True:
            group = [entry(start + number) for number in range(1 if start % 2 else 3)]
            start += len(group)
            for appended in ledger.append(group):
                os.write(acknowledge, appended.id.encode() + b"\n")


def killed(path: Path, start: int, delay: float, after_first: bool) -> list[str]:
    """Starts a writer, kills it with SIGKILL after `delay` seconds; the ids that it had acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            write_for_ever(path, start, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as acknowledgements:
        if after_first:
            select.select([acknowledgements], [], [], 30)
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            raise SystemExit(f"the writer ended by itself: {status}")
        return b"".join(iter(lambda: acknowledgements.read(65536), b"")).decode().split()


def kill(path: Path, times: int, seed: int) -> list[str]:
    """Kills `times` writers of one ledger; all acknowledged ids. After each kill the last acknowledged entry is read."""
    chance, acknowledged = random.Random(seed), []
    for round_ in range(times):
        ids = killed(path, len(acknowledged), chance.uniform(0, 0.012), round_ == 0 or chance.random() < 0.7)
        acknowledged += ids
        with open_ledger(str(path), readonly=True) as ledger:
            ledger.body(acknowledged[-1])
    return acknowledged


def kill_creators(folder: Path, times: int, seed: int) -> Iterator[str]:
    """Kills writers of new ledgers while they create them; the paths."""
    chance = random.Random(seed)
    for number in range(times):
        path = folder / f"new{number}.db"
        killed(path, 0, chance.uniform(0, 0.008), False)
        yield str(path)


def fill_disk(path: Path) -> dict[str, object]:
    """Appends groups until no file may grow any more, then lifts the limit and appends once more."""
    acknowledged: list[str] = []
    with open_ledger(str(path)) as ledger:
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
        try:
            while True:
                acknowledged += [each.id for each in ledger.append([entry(n) for n in range(GROUP)])]
        except LedgerError as error:
            message, hint, exit_code = error.message, error.hint, error.exit_code
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        acknowledged += [each.id for each in ledger.append([entry(n) for n in range(GROUP)])]
    return {"acknowledged": acknowledged, "message": message, "hint": hint, "exit_code": exit_code}


def write(address: str, count: int) -> list[str]:
    """Appends `count` entries one by one."""
    with open_ledger(address) as ledger:
        return [ledger.append([entry(number)])[0].id for number in range(count)]


def write_on(address: str, count: int, writer: int) -> dict[str, list[object]]:
    """Appends `count` entries one by one, whatever happens to the server: [number, id] of the acknowledged ones, and the errors."""
    acknowledged: list[object] = []
    errors: list[object] = []
    with opened_when_there(address) as ledger:
        for number in range(writer * count, (writer + 1) * count):
            try:
                acknowledged.append([number, ledger.append([entry(number)])[0].id])
            except LedgerError as error:
                errors.append(error.message)
    return {"acknowledged": acknowledged, "errors": errors}


def opened_when_there(address: str) -> Ledger:
    """The ledger, whose server may be down when a slow writer gets to it: to open one is not tried again by itself."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return open_ledger(address, timeout=60)
        except LedgerError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def read_as_nobody(path: Path) -> list[str]:
    """Reads all ids, as somebody without rights where this is run by root."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    with open_ledger(str(path), readonly=True) as ledger:
        return [each.id for each in ledger.entries()]


if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    answers = {
        "kill": lambda: kill(Path(where), int(numbers[0]), int(numbers[1])),
        "kill_creators": lambda: list(kill_creators(Path(where), int(numbers[0]), int(numbers[1]))),
        "fill_disk": lambda: fill_disk(Path(where)),
        "read_as_nobody": lambda: read_as_nobody(Path(where)),
        "write": lambda: write(where, int(numbers[0])),
        "write_on": lambda: write_on(where, int(numbers[0]), int(numbers[1])),
    }
    print(json.dumps(answers[what]()))
