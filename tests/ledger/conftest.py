"""A ledger of 10,000 entries with a checkpoint kept elsewhere, and the means to tamper with a copy of it."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policyctl.ledger import NewEntry, open_ledger
from policyctl.ledger.checkpoint import Checkpoint, make_checkpoint
from policyctl.ledger.keys import generate_key, load_private_key

SIZE = 10_000
MOMENT = datetime(2026, 5, 4, 12, 30, 15, 123456, tzinfo=UTC)


def numbered(number: int) -> NewEntry:
    """Entry `number`; every hundredth has a blob of its own, and all of these share another."""
    if number % 100:
        return NewEntry("decision", b'{"number":%d,"outcome":"allow"}' % number)
    own, shared = b"document %d " % number * 20, b"the bundle " * 50
    names = hashlib.sha256(own).hexdigest(), hashlib.sha256(shared).hexdigest()
    body = f'{{"blobs":{{"bundle":"{names[1]}","document":"{names[0]}"}},"number":{number}}}'
    return NewEntry("decision", body.encode(), {names[0]: own, names[1]: shared})


@dataclass(frozen=True)
class Signed:
    path: Path
    private_key: Path
    public_key: bytes
    checkpoint: Checkpoint


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    folder = tmp_path_factory.mktemp("signed")
    path, private, public = folder / "ledger.db", folder / "key.pem", folder / "public.pem"
    generate_key(private, public)
    with open_ledger(str(path), clock=lambda: MOMENT) as ledger:
        for start in range(1, SIZE + 1, 1000):
            ledger.append([numbered(number) for number in range(start, start + 1000)])
        checkpoint = make_checkpoint(ledger, load_private_key(private), clock=lambda: MOMENT)
    return Signed(path, private, public.read_bytes(), checkpoint)


@pytest.fixture
def copied(signed: Signed, tmp_path: Path) -> Path:
    return Path(shutil.copy(signed.path, tmp_path / "copy.db"))


@contextmanager
def _tampering(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


@pytest.fixture
def tampering() -> Callable[[Path], AbstractContextManager[sqlite3.Connection]]:
    """What somebody can do who may write the file and hides his traces: the triggers are back when he leaves."""
    return _tampering
