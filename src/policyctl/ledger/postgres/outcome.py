"""What became of a transaction whose connection broke: recorded, not recorded, or not to be found out in time."""

from __future__ import annotations

import time

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from policyctl.ledger.entry import Entry
from policyctl.ledger.postgres.errors import LostError
from policyctl.ledger.postgres.server import Attempt, Server
from policyctl.ledger.postgres.tables import HEADER, entries
from policyctl.ledger.sealing import Batch
from policyctl.model.errors import LedgerError

_PAUSE = 0.1
_IN_THE_FUTURE = "22023"
_STATUS = text("SELECT pg_xact_status(CAST(:xid AS xid8))")


def settled(server: Server, attempt: Attempt, batch: Batch | None, deadline: float, lost: LostError) -> list[Entry]:
    """The entries of a batch that was recorded after all; empty if it was not, is over, and may be tried again.

    Asks the server until `deadline` (of `time.monotonic()`). Raises `lost` if nothing was written and no time is left,
    LedgerError if the batch may have been recorded: the ids in it say what to look for.
    """
    while True:
        if time.monotonic() > deadline:
            raise _unknown(server, batch, lost) if attempt.xid and batch else lost
        time.sleep(_PAUSE)
        if not attempt.xid or batch is None:
            return []
        try:
            over = _is_over(server, attempt)
            found = _recorded(server, batch)
        except LostError:
            continue
        if found or over:
            return found


def _is_over(server: Server, attempt: Attempt) -> bool:
    """Whether the transaction has ended. If it committed, whoever looks from now on sees its entries.

    How it ended is not asked: a server that crashes forgets the numbers of transactions that it had not written down, and
    gives them to others, or has not reached them again (invalid_parameter_value).
    """
    with server.reading() as connection:
        try:
            return bool(connection.scalar(_STATUS, {"xid": attempt.xid}) != "in progress")
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _IN_THE_FUTURE:
                raise
            return True


def _recorded(server: Server, batch: Batch) -> list[Entry]:
    with server.reading() as connection:
        rows = connection.execute(select(*HEADER).where(entries.c.id.in_(batch.ids))).all()
    return sorted((Entry(*row) for row in rows), key=lambda entry: entry.seq)


def _unknown(server: Server, batch: Batch, lost: LostError) -> LedgerError:
    return LedgerError(
        f"{lost.message}; whether the record was made is not known (entry {batch.ids[0]})",
        hint=f"when {server.name} answers again, `policyctl ledger show {batch.ids[0]}` tells; nothing is allowed until then",
    )
