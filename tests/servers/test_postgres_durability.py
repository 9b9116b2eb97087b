"""Many writers at once, a server that is stopped in mid-write, a connection that breaks in mid-commit."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from policyctl.ledger import Entry, Ledger, NewEntry, initialise_ledger, open_ledger
from policyctl.ledger.verify import verify
from policyctl.model.errors import LedgerError
from tests.conftest import ROOT
from tests.postgres import Database, Postgres, running

pytestmark = pytest.mark.servers
WRITERS = ROOT / "tests" / "ledger" / "writers.py"


def started(*arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(WRITERS), *map(str, arguments)], stdout=subprocess.PIPE)


def answer(process: subprocess.Popen[bytes]):
    output, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return json.loads(output)


def numbers(url: str) -> list[int]:
    with open_ledger(url, readonly=True) as ledger:
        report = verify(ledger)
        assert report.ok, report.problems
        return [json.loads(ledger.body(entry.id))["number"] for entry in ledger.entries("decision")]


def test_eight_processes_write_two_hundred_entries_each_and_nothing_is_lost(database: Database):
    writers = [started("write", database.url, 200) for _ in range(8)]
    ids = [answer(writer) for writer in writers]

    with open_ledger(database.url, readonly=True) as ledger:
        report = verify(ledger)
        recorded = {entry.id: entry for entry in ledger.entries("decision")}
    assert report.ok, report.problems
    assert set(recorded) == {id for each in ids for id in each}
    assert len(recorded) == 1600
    assert 1 < len(report.streams) <= 9, "as many as wrote at the same moment, and not more"


@pytest.fixture
def own_server() -> Iterator[Postgres]:
    """A server that may be stopped."""
    with running() as server:
        yield server


def wait_for(database: Database, count: int) -> None:
    """Until so many entries are recorded."""
    deadline = time.monotonic() + 60
    with database.superuser() as superuser:
        query = "SELECT count(*) FROM policyctl.entries"
        while superuser.execute(query).fetchone()[0] < count:
            assert time.monotonic() < deadline, "the writers do not get on"
            time.sleep(0.02)


def test_every_acknowledged_entry_survives_a_server_that_is_killed_in_mid_write(own_server: Postgres):
    database = own_server.create("ledger")
    initialise_ledger(database.url, {})
    writers = [started("write_on", database.url, 150, number) for number in range(8)]
    kills = 0
    while kills < 5:
        wait_for(database, 100 * kills + 100)
        own_server.stop(signal.SIGQUIT)
        own_server.start()
        kills += 1
    seen = [answer(writer) for writer in writers]

    acknowledged = {number for each in seen for number, _ in each["acknowledged"]}
    errors = [error for each in seen for error in each["errors"]]
    recorded = numbers(database.url)
    assert errors == [], "writers that wait a minute see nothing of it"
    assert len(recorded) == len(set(recorded)), "nothing was recorded twice"
    assert set(recorded) == acknowledged == set(range(1200))
    with open_ledger(database.url, readonly=True) as ledger:
        for each in seen:
            assert [ledger.get(id).id for _, id in each["acknowledged"][-3:]]


_COMMIT = b"Q\0\0\0\x0bCOMMIT\0"
"""What the program sends to commit: a simple query of PostgreSQL's protocol."""


class Cable:
    """Stands between program and server, and can be cut: before the server hears of a COMMIT, or before it can answer."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.cut = ""
        self.cuts = 0
        self.down = False
        self._sockets = [self._listening]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            if self.down:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._port))
            self._sockets += [near, far]
            for pair in ((near, far, True), (far, near, False)):
                self._threads.append(threading.Thread(target=self._carry, args=pair, daemon=True))
                self._threads[-1].start()

    def _carry(self, source: socket.socket, target: socket.socket, from_program: bool) -> None:
        with suppress(OSError):
            while heard := source.recv(65536):
                if from_program and self.cut and heard == _COMMIT:
                    how, self.cut = self.cut, ""
                    self.cuts += 1
                    self.down = how.endswith("for good")
                    source.shutdown(socket.SHUT_RDWR)  # from here on no answer reaches the program
                    if how.startswith("after"):
                        target.sendall(heard)
                        time.sleep(0.3)
                    break
                target.sendall(heard)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        for each in self._sockets:
            each.close()


@pytest.fixture
def cable(postgres: Postgres) -> Iterator[Cable]:
    made = Cable(postgres.port)
    yield made
    made.close()


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_lost_in_mid_commit_records_once_and_says_so(database: Database, cable: Cable, when: str):
    url = database.server.url(database.name, database.name, port=cable.port)
    with open_ledger(url) as ledger:
        ledger.append([NewEntry("decision", b"{}")])
        cable.cut = when
        appended = ledger.append([NewEntry("decision", b'{"number":1}'), NewEntry("decision", b'{"number":2}')])

        assert cable.cuts == 1
        assert [entry.seq for entry in appended] == [2, 3]
        assert list(ledger.entries())[1:] == appended
        assert verify(ledger).ok


def test_what_cannot_be_found_out_is_an_error_that_names_the_entry(database: Database, cable: Cable):
    url = database.server.url(database.name, database.name, port=cable.port)
    with open_ledger(url, timeout=2) as ledger:
        cable.cut = "after, for good"
        with pytest.raises(LedgerError, match="whether the record was made is not known") as unknown:
            ledger.append([NewEntry("decision", b"{}")])
    with open_ledger(database.url, readonly=True) as ledger:
        (recorded,) = ledger.entries()
    assert unknown.value.exit_code == 4
    assert recorded.id in unknown.value.message
    assert "nothing is allowed" in unknown.value.hint


def test_a_commit_that_is_still_under_way_is_waited_for(database: Database, cable: Cable):
    """The server waits for a replica that is not there; the connection breaks; later the commit goes through."""
    url = database.server.url(database.name, database.name, port=cable.port)
    with database.superuser() as superuser, open_ledger(url, timeout=20) as ledger:
        superuser.execute("SET synchronous_commit = off")
        superuser.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        superuser.execute("SELECT pg_reload_conf()")
        time.sleep(0.5)
        later = threading.Timer(2, lambda: _commit_anyway(database))
        later.start()
        cable.cut = "after"
        begun = time.monotonic()
        try:
            appended = ledger.append([NewEntry("decision", b"{}")])
        finally:
            later.join()

        assert time.monotonic() - begun > 1
        assert list(ledger.entries()) == appended


def _commit_anyway(database: Database) -> None:
    with database.superuser() as superuser:
        superuser.execute("SET synchronous_commit = off")
        superuser.execute("ALTER SYSTEM RESET synchronous_standby_names")
        superuser.execute("SELECT pg_reload_conf()")


def test_a_commit_is_on_the_disk_whatever_the_role_has_set(database: Database):
    with database.superuser() as superuser:
        superuser.execute(f"ALTER ROLE {database.name} SET synchronous_commit = off")
        superuser.execute(f"ALTER DATABASE {database.name} SET lock_timeout = 0")
    seen: list[str] = []
    with open_ledger(database.url) as ledger, database.superuser() as superuser:
        superuser.execute(
            "CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'it is %', current_setting('synchronous_commit'); END $$"
        )
        superuser.execute("CREATE TRIGGER seen BEFORE INSERT ON policyctl.entries EXECUTE FUNCTION seen()")
        with pytest.raises(LedgerError, match="it is on"):
            ledger.append([NewEntry("decision", b"{}")])
        seen = ledger.flaws()
    assert seen == ["there is a foreign trigger seen"]


def test_a_server_that_acknowledges_without_writing_is_refused(own_server: Postgres):
    database = own_server.create("ledger")
    initialise_ledger(database.url, {})
    with database.superuser() as superuser:
        superuser.execute("ALTER SYSTEM SET fsync = off")
        superuser.execute("SELECT pg_reload_conf()")
        time.sleep(0.5)

    with open_ledger(database.url) as ledger, pytest.raises(LedgerError, match="fsync off"):
        ledger.append([NewEntry("decision", b"{}")])


def large(ledger: Ledger) -> Iterator[Entry]:
    """Ten entries with blobs of 3 MB that cannot be packed."""
    for number in range(10):
        content = os.urandom(3_000_000)
        digest = hashlib.sha256(content).hexdigest()
        body = b'{"blobs":{"d":"%s"},"number":%d}' % (digest.encode(), number)
        yield from ledger.append([NewEntry("decision", body, {digest: content})])


def test_a_full_disk_is_an_error_and_nothing_is_half_written(own_server: Postgres):
    """The server's files may not grow beyond 16 MiB and half a page: as on a disk with that much left."""
    database = own_server.create("ledger")
    initialise_ledger(database.url, {})
    own_server.stop()
    own_server.start(most=16 * 2**20 + 4096)
    acknowledged: list[Entry] = []
    with open_ledger(database.url) as ledger:
        with pytest.raises(LedgerError, match="disk is full; nothing was recorded") as full:
            acknowledged.extend(large(ledger))
        recorded = list(ledger.entries())
        sound = verify(ledger).ok
    own_server.stop()
    own_server.start()
    with open_ledger(database.url) as ledger:
        ledger.append([NewEntry("decision", b"{}")])

    assert full.value.exit_code == 4
    assert len(recorded) >= 3
    assert (recorded, sound) == (acknowledged, True)


def test_a_standby_is_read_and_says_that_it_cannot_be_written(own_server: Postgres):
    database = own_server.create("ledger")
    initialise_ledger(database.url, {})
    with open_ledger(database.url) as ledger:
        recorded = ledger.append([NewEntry("decision", b"{}")])
    own_server.stop()
    (own_server.folder / "data" / "standby.signal").touch()
    own_server.start()

    with open_ledger(database.url, readonly=True) as ledger:
        assert list(ledger.entries()) == recorded
        assert verify(ledger).ok
    with open_ledger(database.url) as ledger, pytest.raises(LedgerError, match="it is a standby") as error:
        ledger.append([NewEntry("decision", b"{}")])
    assert error.value.exit_code == 4
