"""From a ledger's address to the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from policyctl.ledger.address import masked
from policyctl.ledger.entry import Clock, utc_now
from policyctl.ledger.interface import Ledger
from policyctl.ledger.sqlite import SqliteLedger
from policyctl.model.errors import UsageError

_SQLITE = "sqlite:///"


def open_ledger(url: str, *, clock: Clock = utc_now, readonly: bool = False, timeout: float = 10.0) -> Ledger:
    """The ledger at `sqlite:///relative/path`, `sqlite:////absolute/path` or a bare path; created unless `readonly`.

    Other schemes, postgresql:// among them, are found as entry points of group `policyctl.ledgers`, each a callable
    with this signature. `timeout`: seconds to wait for other writers. Raises LedgerError if it cannot be opened and
    UsageError if nothing knows the address.
    """
    if url.startswith(_SQLITE) and len(url) > len(_SQLITE):
        return SqliteLedger(Path(url.removeprefix(_SQLITE)), clock=clock, readonly=readonly, timeout=timeout)
    scheme, separator, _ = url.partition("://")
    if not separator:
        if not url:
            raise UsageError("the ledger's address is empty", hint="name a file, such as ledger.db")
        return SqliteLedger(Path(url), clock=clock, readonly=readonly, timeout=timeout)
    from importlib.metadata import entry_points

    for backend in entry_points(group="policyctl.ledgers", name=scheme):
        opened: Ledger = backend.load()(url, clock=clock, readonly=readonly, timeout=timeout)
        return opened
    raise _unknown(url)


def initialise_ledger(url: str, roles: Mapping[str, Sequence[str]], *, clock: Clock = utc_now) -> None:
    """Makes an empty ledger, or brings an older one to this version; one that is up to date stays as it is.

    `roles`: names of database roles that get the rights of a "reader", "writer" or "eraser". Schemes other than SQLite's
    are found as entry points of group `policyctl.ledger_makers`. Raises as `open_ledger` does.
    """
    scheme, separator, _ = url.partition("://")
    if not separator or scheme == "sqlite":
        if any(roles.values()):
            raise UsageError(
                "a ledger in a file has no roles", hint="its owner writes it: set the owner and mode of the file"
            )
        open_ledger(url, clock=clock).close()
        return
    from importlib.metadata import entry_points

    for backend in entry_points(group="policyctl.ledger_makers", name=scheme):
        backend.load()(url, clock=clock, roles=roles)
        return
    raise _unknown(url)


def _unknown(url: str) -> UsageError:
    return UsageError(
        f"no ledger can be kept at {masked(url)}",
        hint="use the path of a file, sqlite:///path or postgresql://user@host/database",
    )
