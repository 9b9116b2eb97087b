"""Which version a database's tables have, and bringing them to ours. A later version is one more file in `migrations/versions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import LiteralString

from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, Text, column, insert, select, table, text

from policyctl.ledger.entry import Clock, new_id
from policyctl.ledger.postgres.server import Attempt, Server
from policyctl.ledger.postgres.streams import close_off
from policyctl.ledger.postgres.tables import SCHEMA, meta
from policyctl.model.errors import LedgerError

CURRENT = "0001"
_VERSION = select(column("version_num", Text)).select_from(table("alembic_version", schema=SCHEMA))
_STATE = text(
    """SELECT current_setting('server_encoding'), current_setting('server_version_num')::int,
        to_regclass(:versions) IS NOT NULL,
        EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace(:schema))"""
)
_OLDEST = 130000
_RIGHTS: dict[str, tuple[LiteralString, ...]] = {
    "reader": ("USAGE ON SCHEMA policyctl", "SELECT ON ALL TABLES IN SCHEMA policyctl"),
    "writer": (
        "USAGE ON SCHEMA policyctl",
        "SELECT ON ALL TABLES IN SCHEMA policyctl",
        "INSERT ON policyctl.entries, policyctl.blobs",
    ),
    "eraser": (
        "USAGE ON SCHEMA policyctl",
        "SELECT ON ALL TABLES IN SCHEMA policyctl",
        "INSERT ON policyctl.entries, policyctl.blobs",
        "UPDATE (body) ON policyctl.entries",
        "DELETE ON policyctl.blobs",
    ),
}
"""What a role needs to read, to record, and to erase."""


def require_current(connection: Connection, name: str) -> None:
    """LedgerError unless the tables are there and of the version that this program knows."""
    version = connection.scalar(_VERSION)
    if version == CURRENT:
        return
    if version is None or version < CURRENT:
        raise LedgerError(
            f"ledger {name} is of version {version}, older than this program's {CURRENT}",
            hint="have the owner of its tables run policyctl ledger init --ledger URL",
        )
    raise LedgerError(
        f"ledger {name} was written by a newer policyctl (version {version}, this program knows {CURRENT})",
        hint="upgrade policyctl; the ledger was not touched",
    )


def initialise(url: str, *, clock: Clock, roles: Mapping[str, Sequence[str]], timeout: float = 10.0) -> None:
    """Makes the tables, or brings them to this version, all in one transaction, and grants `roles` their rights.

    `roles`: names of roles by "reader", "writer" and "eraser". Whoever runs this owns the tables. LedgerError where it
    cannot be done.
    """
    server = Server(url, timeout)
    try:
        with server.writing(Attempt()) as connection:
            close_off(connection)
            _require_room(connection, server.name)
            _upgrade(connection)
            if connection.scalar(select(meta.c.value).where(meta.c.name == "origin")) is None:
                connection.execute(insert(meta).values(name="origin", value=new_id(clock())))
            _grant(connection, roles)
    finally:
        server.close()


def _require_room(connection: Connection, name: str) -> None:
    """LedgerError for a database that cannot hold a ledger, or whose schema of our name is somebody else's."""
    known = {"versions": f"{SCHEMA}.alembic_version", "schema": SCHEMA}
    encoding, version, ours, taken = connection.execute(_STATE, known).one()
    if version < _OLDEST:
        raise LedgerError(
            f"ledger {name}: PostgreSQL {version // 10000} is too old", hint=f"use {_OLDEST // 10000} or later"
        )
    if encoding != "UTF8":
        raise LedgerError(
            f"ledger {name}: the database is encoded in {encoding}", hint="make one with createdb --encoding UTF8"
        )
    if taken and not ours:
        raise LedgerError(
            f"ledger {name}: its schema {SCHEMA} belongs to another program", hint="use a database of its own"
        )


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _grant(connection: Connection, roles: Mapping[str, Sequence[str]]) -> None:
    for what, names in roles.items():
        for right in _RIGHTS[what]:
            for name in names:
                statement = SQL("GRANT {} TO {}").format(SQL(right), Identifier(name))
                connection.exec_driver_sql(statement.as_string())
