"""Who may do what in the database, and what every ordinary role is refused, the owner of the tables included."""

from __future__ import annotations

import hashlib

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from policyctl.ledger import NewEntry, initialise_ledger, open_ledger
from policyctl.ledger.postgres.tables import metadata
from policyctl.ledger.verify import verify
from policyctl.model.errors import LedgerError
from tests.postgres import Database

pytestmark = pytest.mark.servers
DOCUMENT = b"a document " * 9
DIGEST = hashlib.sha256(DOCUMENT).hexdigest()
NAMING = NewEntry("decision", b'{"blobs":{"d":"%s"}}' % DIGEST.encode(), {DIGEST: DOCUMENT})

CHANGES = (
    "UPDATE policyctl.entries SET body = 'x'",
    "UPDATE policyctl.entries SET body = NULL",
    "UPDATE policyctl.entries SET kind = 'waiver'",
    "DELETE FROM policyctl.entries",
    "TRUNCATE policyctl.entries",
    "UPDATE policyctl.blobs SET content = 'x'",
    "DELETE FROM policyctl.blobs",
    "TRUNCATE policyctl.blobs",
    "UPDATE policyctl.meta SET value = 'x'",
    "DELETE FROM policyctl.meta",
    "TRUNCATE policyctl.meta",
)


@pytest.fixture
def roles(database: Database) -> dict[str, str]:
    """By what they may do, the URLs of three roles."""
    urls = {what: database.role(what) for what in ("reader", "writer", "eraser")}
    initialise_ledger(database.url, {what: [f"{database.name}_{what}"] for what in urls})
    with open_ledger(urls["writer"]) as ledger:
        ledger.append([NAMING])
    return urls


@pytest.mark.parametrize("statement", CHANGES)
def test_the_owner_of_the_tables_is_refused_by_their_guards(database: Database, roles, statement: str):
    with psycopg.connect(database.url) as connection, pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        connection.execute(statement)


@pytest.mark.parametrize("statement", CHANGES)
def test_a_role_that_records_has_no_right_to_change_anything(roles, statement: str):
    with (
        psycopg.connect(roles["writer"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"),
    ):
        connection.execute(statement)


def test_a_role_that_erases_changes_nothing_that_no_erasure_names(roles):
    with psycopg.connect(roles["eraser"], autocommit=True) as connection:
        for statement in ("UPDATE policyctl.entries SET body = NULL", "DELETE FROM policyctl.blobs"):
            with pytest.raises(psycopg.errors.RaiseException, match="only by a recorded erasure"):
                connection.execute(statement)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE policyctl.entries SET kind = 'x'")


def test_the_roles_do_what_they_are_for_and_nothing_else(roles):
    with open_ledger(roles["reader"], readonly=True) as ledger:
        assert (verify(ledger).ok, ledger.blob(DIGEST)) == (True, DOCUMENT)
    with open_ledger(roles["reader"]) as ledger, pytest.raises(LedgerError, match="may not do that") as refused:
        ledger.append([NAMING])
    with open_ledger(roles["writer"]) as ledger, pytest.raises(LedgerError, match="may not do that"):
        ledger.erase(["1"], reason="right", actor="dpo")
    with open_ledger(roles["eraser"]) as ledger:
        ledger.erase(["1", DIGEST], reason="right", actor="dpo")
        assert verify(ledger).ok
    assert (refused.value.exit_code, "--writer" in refused.value.hint) == (4, True)


def test_a_role_without_any_right_is_told_so(database: Database):
    with pytest.raises(LedgerError, match="may not do that"):
        open_ledger(database.role("stranger"), readonly=True)


def test_another_search_path_does_not_get_round_the_guards(database: Database, roles):
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA mine")
        connection.execute("CREATE TABLE mine.entries (kind text, body bytea)")
        connection.execute("INSERT INTO mine.entries SELECT 'erasure', convert_to(id, 'UTF8') FROM policyctl.entries")
        connection.execute("SET search_path = mine, policyctl, pg_catalog")
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            connection.execute("UPDATE policyctl.entries SET body = NULL")


def test_the_migrations_make_the_tables_that_the_program_uses(database: Database):
    engine = create_engine(database.url.replace("postgresql", "postgresql+psycopg"))
    with engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(
                connection,
                opts={
                    "version_table_schema": "policyctl",
                    "include_schemas": True,
                    "compare_type": True,
                    "include_name": lambda name, kind, _: kind != "schema" or name == "policyctl",
                },
            ),
            metadata,
        )
    engine.dispose()

    assert found == []


def test_init_again_changes_nothing(database: Database):
    with open_ledger(database.url) as ledger:
        ledger.append([NAMING])
        origin = ledger.origin

    initialise_ledger(database.url, {})

    with open_ledger(database.url) as ledger:
        assert (ledger.origin, verify(ledger).ok, ledger.flaws()) == (origin, True, [])


def test_init_is_all_or_nothing(empty_database: Database):
    with pytest.raises(LedgerError, match='role "nobody" does not exist'):
        initialise_ledger(empty_database.url, {"writer": ["nobody"]})
    with pytest.raises(LedgerError, match="holds no ledger"):
        open_ledger(empty_database.url)


def test_another_programs_schema_of_the_same_name_is_left_alone(empty_database: Database):
    with psycopg.connect(empty_database.url) as owner:
        owner.execute("CREATE SCHEMA policyctl")
        owner.execute("CREATE TABLE policyctl.entries (x int)")

    with pytest.raises(LedgerError, match="belongs to another program"):
        initialise_ledger(empty_database.url, {})


def test_a_ledger_of_another_version_is_refused_untouched(database: Database):
    for version, words in (("0002", "newer policyctl"), ("0000", "older than this program's")):
        with database.superuser() as superuser:
            superuser.execute("UPDATE policyctl.alembic_version SET version_num = %s", [version])
        with pytest.raises(LedgerError, match=words):
            open_ledger(database.url)


def test_a_database_in_another_encoding_is_refused(database: Database):
    with database.superuser() as superuser:
        name = f"{database.name}_latin"
        superuser.execute(f"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")

    with pytest.raises(LedgerError, match="encoded in LATIN1"):
        initialise_ledger(database.server.url(name), {})
