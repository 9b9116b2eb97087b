"""Rows of another ledger, taken over as they are, inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert

from policyctl.ledger.interface import Record
from policyctl.ledger.postgres.tables import HEADER, blobs, entries
from policyctl.ledger.sealing import packed_blob

_GROUP = 500
_COLUMNS = (*(column.name for column in HEADER), "hash", "body")


class PostgresReceiver:
    """Takes over rows on one connection."""

    def __init__(self, connection: Connection) -> None:
        """The connection's transaction is not ended here."""
        self._connection = connection

    def records(self, records: Iterable[Record]) -> None:
        for group in _groups(records):
            self._connection.execute(insert(entries), group)

    def blob(self, sha256: str, content: bytes) -> None:
        self._connection.execute(insert(blobs).values(packed_blob(sha256, content)))


def _groups(records: Iterable[Record]) -> Iterator[list[dict[str, Any]]]:
    rows = (dict(zip(_COLUMNS, record, strict=True)) for record in records)
    while group := list(islice(rows, _GROUP)):
        yield group
