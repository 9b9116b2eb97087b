"""What PostgreSQL, and the way to it, reports, in our words. Never a password, a statement or what was to be recorded."""

from __future__ import annotations

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as AllInUseError

from policyctl.model.errors import LedgerError

FOREIGN_ERRORS = (psycopg.Error, SQLAlchemyError)
INIT = "policyctl ledger init --ledger URL"
_WAIT = "run the command again; if it happens often, look for a transaction that is left open in pg_stat_activity"
_RIGHTS = f"have the owner of the tables grant them: {INIT} --writer ROLE"

_STANDBY = ("this server only reads: it is a standby", "name the primary, or add target_session_attrs=read-write")

_STATES = {
    "0A000": _STANDBY,
    "53100": ("the server's disk is full; nothing was recorded", "free some space there and run the command again"),
    "53200": ("the server is out of memory", "look at its memory and run the command again"),
    "53300": ("the server has no connection left", "raise max_connections, or use a pooler"),
    "55P03": ("another transaction holds what this one needs, and did not end in time", _WAIT),
    "57014": ("the server cancelled the statement, after its statement_timeout or by hand", _WAIT),
    "25P03": ("the server ended the transaction because it waited too long for this program", _WAIT),
    "40P01": ("transactions waited for each other", _WAIT),
    "25006": _STANDBY,
    "42501": ("this role may not do that", _RIGHTS),
    "42P01": (
        "it holds no ledger, or one of its tables is gone",
        f"make one with {INIT}, as the role that will own it",
    ),
    "3F000": ("it holds no ledger", f"make one with {INIT}, as the role that will own it"),
    "P0001": ("its own rules refused the change", "`policyctl ledger verify` says whether it was tampered with"),
    "54000": ("an entry or a blob is larger than PostgreSQL can hold", "split what is recorded: 1 GB is the limit"),
}
_CLASSES = {
    "08": ("the connection broke", "look at the server and the network, and run the command again"),
    "23": ("its own rules refused the change", "`policyctl ledger verify` says whether it was tampered with"),
    "53": ("the server lacks something it needs", "look at its log"),
    "57": ("the server is stopping or starting", "run the command again when it is up"),
    "58": ("reading or writing the server's disk failed", "look at its log, then run `policyctl ledger verify`"),
    "XX": (
        "the database is damaged",
        "look at the server's log; `policyctl ledger verify` says what can still be read",
    ),
}
_REFUSALS = (
    ("password authentication failed", "the server refused the password", "check PGPASSWORD, ~/.pgpass or the address"),
    ("no password supplied", "the server asks for a password", "put it into PGPASSWORD, ~/.pgpass or the address"),
    ("pg_hba.conf", "the server lets nobody in from here in this way", "ask for a line in its pg_hba.conf, or for TLS"),
    ("does not exist", "the server does not know this database or role", "check the names, or create it with createdb"),
    ("too many", *_STATES["53300"]),
    ("certificate", "the server's certificate is not trusted", "check sslmode and sslrootcert"),
)


class LostError(LedgerError):
    """The connection is gone. What was not committed by then is not recorded; of a commit on its way nothing is known."""


def translated(error: Exception, name: str) -> LedgerError:
    """The error in our words; `name` is the ledger's masked address. LostError where the connection is gone."""
    if isinstance(error, AllInUseError):
        return LedgerError(
            f"ledger {name}: all connections of this program are in use", hint="run fewer threads at once"
        )
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    gone = isinstance(error, DBAPIError) and error.connection_invalidated
    state = getattr(cause, "sqlstate", None) or ""
    said = getattr(getattr(cause, "diag", None), "message_primary", None) or ""
    if not state or gone or (state[:2] in ("08", "57") and state != "57014"):
        broken = _CLASSES["57" if state[:2] == "57" else "08"]
        text = f" ({said})" if said else ""
        if isinstance(cause, psycopg.OperationalError) or gone:
            return LostError(f"ledger {name}: {broken[0]}{text}", hint=broken[1])
        return LedgerError(f"ledger {name}: {type(cause).__name__}", hint="this is a defect: report it")
    words = _STATES.get(state) or _CLASSES.get(state[:2]) or ("PostgreSQL reports an error", "look at the server's log")
    return LedgerError(f"ledger {name}: {words[0]} ({said}, {state})", hint=words[1])


def not_connected(error: psycopg.Error, name: str, password: str) -> LedgerError:
    """Why there is no connection. LostError where trying again may help: the server is away, starting or stopping."""
    if isinstance(error, psycopg.ProgrammingError):  # its text quotes the address, and so perhaps the password
        return LedgerError(
            f"ledger {name}: PostgreSQL's library cannot read this address",
            hint="write it as postgresql://USER@HOST:PORT/DATABASE, with %40 for @ and %2F for / in names and passwords",
        )
    text = " ".join(str(error).split())
    if password:
        text = text.replace(password, "***")
    for words, cause, hint in _REFUSALS:
        if words in text:
            return LedgerError(f"ledger {name}: {cause}", hint=hint)
    return LostError(f"ledger {name} cannot be reached: {text}", hint="check host, port and whether the server runs")
