"""The ledger in PostgreSQL, found by the scheme of its URL. What it needs is the extra `postgres`, imported only here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from policyctl.ledger.entry import Clock
from policyctl.ledger.interface import Ledger
from policyctl.model.errors import LedgerError

_NEEDED = frozenset({"psycopg", "sqlalchemy", "alembic"})


def open_postgres(url: str, *, clock: Clock, readonly: bool = False, timeout: float = 10.0) -> Ledger:
    """The ledger at a URL such as postgresql://user@host:5432/database. LedgerError if it cannot be opened."""
    with _extra():
        from policyctl.ledger.postgres.ledger import PostgresLedger
    return PostgresLedger(url, clock=clock, readonly=readonly, timeout=timeout)


def initialise_postgres(url: str, *, clock: Clock, roles: Mapping[str, Sequence[str]]) -> None:
    """Makes the ledger's tables there, or brings them up to date; `roles` as in `versions.initialise`."""
    with _extra():
        from policyctl.ledger.postgres.versions import initialise
    initialise(url, clock=clock, roles=roles)


@contextmanager
def _extra() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        missing = (error.name or "").partition(".")[0]
        if missing and missing not in _NEEDED:
            raise
        raise LedgerError(
            f"a ledger in PostgreSQL needs the package {missing or 'psycopg'}, which is not here",
            hint="pip install 'policyctl[postgres]'",
        ) from error
