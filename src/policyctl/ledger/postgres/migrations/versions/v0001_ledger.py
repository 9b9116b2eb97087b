"""The first tables. They stand here as they were made; `tables.py` has them as they are now, and a test compares the two."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from policyctl.ledger.postgres.guards import FUNCTIONS, TRIGGERS, function_statement, trigger_statement

revision = "0001"
down_revision = None

_SCHEMA = "policyctl"
_BYTEWISE = sa.Text(collation="C")


def upgrade() -> None:
    """Makes the tables, and the guards as they are now: a later change to those is a migration that replaces them."""
    op.create_table(
        "meta",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        schema=_SCHEMA,
    )
    op.create_table(
        "entries",
        sa.Column("stream", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("v", sa.Integer, nullable=False),
        sa.Column("id", _BYTEWISE, nullable=False),
        sa.Column("time", _BYTEWISE, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body_sha256", sa.Text, nullable=False),
        sa.Column("prev", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary),
        schema=_SCHEMA,
    )
    op.create_index("entries_id", "entries", ["id"], unique=True, schema=_SCHEMA)
    op.create_index("entries_time", "entries", ["time", "stream", "seq"], schema=_SCHEMA)
    op.create_index("entries_kind", "entries", ["kind", "time", "stream", "seq"], schema=_SCHEMA)
    op.create_table(
        "blobs",
        sa.Column("sha256", _BYTEWISE, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("encoding", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        schema=_SCHEMA,
    )
    op.execute(f"ALTER TABLE {_SCHEMA}.blobs ALTER COLUMN content SET STORAGE EXTERNAL")  # it is compressed already
    for function in FUNCTIONS:
        op.execute(function_statement(function))
    for table, name in TRIGGERS:
        op.execute(trigger_statement(table, name))
