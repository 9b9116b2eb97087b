"""Opening the file of a SQLite ledger: is it one, may we, and what to say when not."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from policyctl.ledger.entry import new_id
from policyctl.ledger.schema import APPLICATION_ID, MIGRATIONS, migrate
from policyctl.model.errors import LedgerError

_CAUSES = {
    "FULL": ("the disk or the quota is full; nothing was recorded", "free some space and run the command again"),
    "BUSY": (
        "another process is writing to it and did not finish in time",
        "run the command again when it has finished",
    ),
    "LOCKED": (
        "another process is writing to it and did not finish in time",
        "run the command again when it has finished",
    ),
    "READONLY": ("it cannot be written", "check the owner and the mode of the file and its folder"),
    "PERM": ("access is denied", "check the owner and the mode of the file and its folder"),
    "CANTOPEN": (
        "it cannot be opened",
        "check that its folder exists and may be written (SQLite keeps -wal and -shm there)",
    ),
    "NOTADB": ("this file is not a ledger", "name another with --ledger; this one was not touched"),
    "CORRUPT": ("the file is damaged", "`policyctl ledger verify` says what can still be read; restore a copy"),
    "IOERR": (
        "reading or writing the disk failed",
        "check the disk and its free space, then run `policyctl ledger verify`",
    ),
    "CONSTRAINT": ("its own rules refused the change", "`policyctl ledger verify` says whether it was tampered with"),
    "TOOBIG": ("an entry or a blob is larger than SQLite can hold", "split what is recorded: 1 GB is the limit"),
}


FOREIGN_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What reading may raise. The second: SQLite's message quotes a damaged schema, and Python cannot decode it."""


def translated(error: Exception, path: Path) -> LedgerError:
    """SQLite's error in our words."""
    if isinstance(error, UnicodeDecodeError):
        return LedgerError(f"ledger {path}: {_CAUSES['CORRUPT'][0]}", hint=_CAUSES["CORRUPT"][1])
    words = str(getattr(error, "sqlite_errorname", "")).split("_")
    cause, hint = _CAUSES.get(
        words[1] if len(words) > 1 else "", ("SQLite reports an error", "`policyctl ledger verify` says what is wrong")
    )
    return LedgerError(f"ledger {path}: {cause} ({error})", hint=hint)


def open_for_writing(path: Path, now: datetime, timeout: float) -> sqlite3.Connection:
    """Opens the ledger, creates it (mode 0600) if there is none, or brings it to this program's version."""
    _create(path)
    try:
        with ExitStack() as on_failure:
            connection = _connect(f"{path.absolute().as_uri()}?mode=rw", timeout, on_failure)
            _require_ledger(connection, path, empty_is_fine=True)
            _write_ahead(connection, timeout)
            connection.execute("BEGIN IMMEDIATE")
            version = _require_ledger(connection, path, empty_is_fine=True)
            migrate(connection)
            if version == 0:
                connection.execute("INSERT INTO meta VALUES ('origin', ?)", (new_id(now),))
            connection.execute("COMMIT")
            on_failure.pop_all()
    except FOREIGN_ERRORS as error:
        raise translated(error, path) from error
    return connection


def open_for_reading(path: Path, timeout: float) -> sqlite3.Connection:
    """Opens an existing ledger without the power to change it; also one on a medium that cannot be written."""
    if path.is_dir() or not path.exists():
        raise LedgerError(
            f"there is no ledger {path}", hint="`policyctl check` makes one; or name another with --ledger"
        )
    address = path.absolute().as_uri()
    try:
        return _checked(f"{address}?mode=ro", path, timeout)
    except sqlite3.OperationalError as error:
        if os.access(path.parent, os.W_OK) or path.with_name(path.name + "-wal").exists():
            raise translated(error, path) from error
    except FOREIGN_ERRORS as error:
        raise translated(error, path) from error
    try:
        return _checked(f"{address}?mode=ro&immutable=1", path, timeout)
    except FOREIGN_ERRORS as error:
        raise translated(error, path) from error


def _checked(address: str, path: Path, timeout: float) -> sqlite3.Connection:
    with ExitStack() as on_failure:
        connection = _connect(address, timeout, on_failure)
        version = _require_ledger(connection, path, empty_is_fine=False)
        if version < len(MIGRATIONS):
            raise LedgerError(
                f"ledger {path} is of version {version}, older than this program's {len(MIGRATIONS)}",
                hint="record one decision in it: opening it for writing brings it up to date",
            )
        on_failure.pop_all()
    return connection


def _create(path: Path) -> None:
    """An empty file of mode 0600, if there is none. An empty file counts as a new ledger, so no failure undoes this."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as error:
        if path.is_dir():
            raise LedgerError(
                f"ledger {path} is a folder", hint=f"name a file in it, such as {path}/ledger.db"
            ) from error
    except FileNotFoundError as error:
        raise LedgerError(
            f"ledger {path}: the folder {path.parent} does not exist", hint=f"mkdir -p {path.parent}"
        ) from error
    except OSError as error:
        raise LedgerError(
            f"ledger {path} cannot be created ({error.strerror})",
            hint="check the folder, or name another ledger with --ledger",
        ) from error


def _connect(address: str, timeout: float, on_failure: ExitStack) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
    on_failure.callback(connection.close)
    for setting in ("synchronous = FULL", "fullfsync = ON", "secure_delete = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _require_ledger(connection: sqlite3.Connection, path: Path, *, empty_is_fine: bool) -> int:
    """The version of the ledger, 0 for an empty file. LedgerError if it is something else, or newer than we are."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if (application, version) == (0, 0) and empty_is_fine:
        (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if objects == 0:
            return 0
    if application != APPLICATION_ID:
        raise LedgerError(
            f"{path} is not a ledger: it is empty or belongs to another program",
            hint="name another with --ledger; this file was not touched",
        )
    if version > len(MIGRATIONS):
        raise LedgerError(
            f"ledger {path} was written by a newer policyctl (version {version}, this program knows {len(MIGRATIONS)})",
            hint="upgrade policyctl; the ledger was not touched",
        )
    return int(version)


def _write_ahead(connection: sqlite3.Connection, timeout: float) -> None:
    """Switches to write-ahead logging. SQLite does not wait for others here, so this does."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
