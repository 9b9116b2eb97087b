"""Alembic runs this: the migrations on the connection, and in the transaction, that `versions.initialise` opened."""

from __future__ import annotations

from alembic import context

from policyctl.ledger.postgres.tables import SCHEMA, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table_schema=SCHEMA,
)
context.run_migrations()
