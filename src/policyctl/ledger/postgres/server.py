"""Connections to the server: one snapshot to read from, one transaction to write in, and what is known when it breaks."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, create_engine, text

from policyctl.ledger.address import masked
from policyctl.ledger.postgres.errors import FOREIGN_ERRORS, not_connected, translated
from policyctl.model.errors import LedgerError, UsageError

MOST_CONNECTIONS = 50
"""Of one program: as many of its threads can use the ledger at once."""

_DURABLE = text(
    """SELECT set_config('lock_timeout', :timeout, true),
        set_config('idle_in_transaction_session_timeout', '60s', true),
        CASE WHEN current_setting('synchronous_commit') IN ('on', 'remote_apply') THEN ''
            ELSE set_config('synchronous_commit', 'on', true) END,
        current_setting('fsync'), pg_current_xact_id()::text"""
)
"""What holds for one writing transaction, whatever the server's or the role's defaults are."""


@dataclass(slots=True)
class Attempt:
    """One writing transaction: its number on the server (xid8), by which its end can be asked for; empty before it has one."""

    xid: str = ""


class Server:
    """A database by URL. `name` is its address as people may see it; `timeout`: seconds to wait for it, and for locks."""

    def __init__(self, url: str, timeout: float) -> None:
        """Connects to nothing yet. UsageError for an address whose parts cannot be told apart."""
        self.name = masked(url)
        self.timeout = timeout
        self._url = url
        authority = url.partition("://")[2].partition("/")[0].partition("?")[0]
        if url.count("@") > authority.count("@") or authority.count("@") > 1:
            raise UsageError(
                f"ledger {self.name}: the address holds more than the one @ before the host, or a / before it",
                hint="in names and passwords, write @ as %40 and / as %2F",
            )
        self._local = threading.local()
        # Behind the URL stands psycopg, which knows all that PostgreSQL's own programs know: sockets, several hosts, TLS.
        self._engine = create_engine(
            "postgresql+psycopg://",
            creator=self._connect,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_timeout=timeout,
            max_overflow=MOST_CONNECTIONS - 5,
            use_native_hstore=False,
        )
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def _connect(self) -> psycopg.Connection:
        password = ""
        try:
            told = conninfo_to_dict(self._url)
            password = str(told.get("password") or "")
            ours: dict[str, Any] = {
                "connect_timeout": max(2, math.ceil(self.timeout)),
                "keepalives_idle": 30,
                "fallback_application_name": "policyctl",
                "client_encoding": "UTF8",
            }
            missing = {name: value for name, value in ours.items() if name not in told}
            # Statements prepared behind one's back break behind a pooler that gives each transaction another session.
            return psycopg.connect(self._url, prepare_threshold=None, **missing)
        except psycopg.Error as error:
            raise not_connected(error, self.name, password) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state and can change nothing; inside `snapshot` or `writing`, theirs."""
        current: Connection | None = getattr(self._local, "connection", None)
        with self._translating():
            if current is not None:
                yield current
            else:
                with self._snapshots.connect() as connection:
                    yield connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """While it is open, `reading` in this thread sees one state."""
        with self.reading() as connection, self._shared(connection):
            yield

    @contextmanager
    def writing(self, attempt: Attempt) -> Iterator[Connection]:
        """One transaction: on the server's disk when the block has ended, rolled back when it raises.

        LostError where the connection breaks; `attempt` then says of which transaction the end is not known.
        """
        with self._translating(), self._engine.connect() as connection:
            row = connection.execute(_DURABLE, {"timeout": f"{max(1, round(self.timeout * 1000))}ms"}).one()
            if row[3] != "on":
                raise LedgerError(
                    f"ledger {self.name}: the server runs with fsync off: what it acknowledges may not be on its disk",
                    hint="switch fsync on in postgresql.conf",
                )
            attempt.xid = str(row[4])
            with self._shared(connection):
                yield connection
            connection.commit()

    @contextmanager
    def _shared(self, connection: Connection) -> Iterator[None]:
        before = getattr(self._local, "connection", None)
        self._local.connection = connection
        try:
            yield
        finally:
            self._local.connection = before

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except FOREIGN_ERRORS as error:
            raise translated(error, self.name) from error

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()
