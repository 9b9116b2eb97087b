"""The tables of a ledger in PostgreSQL, in a schema of their own: a database holds one ledger."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

SCHEMA = "policyctl"
_BYTEWISE = Text(collation="C")
"""Ids and times are compared byte by byte, whatever the database's language."""

metadata = MetaData(schema=SCHEMA)

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
entries = Table(
    "entries",
    metadata,
    Column("stream", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("v", Integer, nullable=False),
    Column("id", _BYTEWISE, nullable=False),
    Column("time", _BYTEWISE, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body_sha256", Text, nullable=False),
    Column("prev", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("body", LargeBinary),
    Index("entries_id", "id", unique=True),
    Index("entries_time", "time", "stream", "seq"),
    Index("entries_kind", "kind", "time", "stream", "seq"),
)
blobs = Table(
    "blobs",
    metadata,
    Column("sha256", _BYTEWISE, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

HEADER = tuple(entries.c[name] for name in ("v", "stream", "seq", "id", "time", "kind", "body_sha256", "prev"))
"""The columns of a header, in `Entry`'s order."""
