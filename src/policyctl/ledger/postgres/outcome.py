"""What became of a transaction whose connection broke: recorded, not recorded, or not to be found out in time."""

from __future__ import annotations

import time

from sqlalchemy import select, text

from policyctl.ledger.entry import Entry
from policyctl.ledger.postgres.errors import LostError
from policyctl.ledger.postgres.server import Attempt, Server
from policyctl.ledger.postgres.tables import HEADER, entries
from policyctl.ledger.sealing import Batch
from policyctl.model.errors import LedgerError

_PAUSE = 0.1
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
            found, status = _asked(server, attempt, batch)
        except LostError:
            continue
        if found:
            return found
        if status == "aborted":
            return []


def _asked(server: Server, attempt: Attempt, batch: Batch) -> tuple[list[Entry], str | None]:
    """The batch's entries, and the end of the transaction: "committed" a moment after the entries were looked for is no answer yet."""
    with server.reading() as connection:
        rows = connection.execute(select(*HEADER).where(entries.c.id.in_(batch.ids))).all()
        found = sorted((Entry(*row) for row in rows), key=lambda entry: entry.seq)
        return found, connection.scalar(_STATUS, {"xid": attempt.xid})


def _unknown(server: Server, batch: Batch, lost: LostError) -> LedgerError:
    return LedgerError(
        f"{lost.message}; whether the record was made is not known (entry {batch.ids[0]})",
        hint=f"when {server.name} answers again, `policyctl ledger show {batch.ids[0]}` tells; nothing is allowed until then",
    )
