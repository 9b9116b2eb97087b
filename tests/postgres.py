"""A real PostgreSQL of our own, in a temporary folder, on loopback and a socket, and what somebody with all power can do in it."""

from __future__ import annotations

import glob
import os
import pwd
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

PASSWORD = "correct-horse"
SUPERUSER = "root_of_all"


def program(name: str) -> str:
    """The newest PostgreSQL's program: Debian keeps them off the PATH."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}")) or [shutil.which(name) or ""]
    if not found[-1]:
        raise FileNotFoundError(f"no {name}: run make servers")
    return found[-1]


class Postgres:
    """One server. It refuses to run as root, so root starts it as the user `postgres`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (folder / "password").write_text(PASSWORD)
        if os.geteuid() == 0:
            shutil.chown(folder, self._user)
            shutil.chown(folder / "password", self._user)
        options = ["-U", SUPERUSER, "--pwfile", str(folder / "password"), "-A", "scram-sha-256", "-E", "UTF8"]
        self._run(program("initdb"), "-D", str(folder / "data"), "--locale", "C.UTF-8", "--no-sync", *options)

    def _run(self, *command: str) -> None:
        own = {"user": self._user, "group": self._user, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **own)

    def start(self, most: int = resource.RLIM_INFINITY) -> None:
        """Starts it and waits until it answers. `most`: how long, in bytes, its files may grow."""
        own = {"user": self._user, "group": self._user, "extra_groups": []} if os.geteuid() == 0 else {}
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.folder}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with open(self.folder / "log", "ab") as log:
            command = [program("postgres"), "-D", str(self.folder / "data"), *options]
            limited = ["prlimit", f"--fsize={most}:", *command] if most != resource.RLIM_INFINITY else command
            self._process = subprocess.Popen(limited, stdout=log, stderr=log, cwd=self.folder, **own)
        deadline = time.monotonic() + 60
        while True:
            try:
                self.superuser("postgres").close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise AssertionError((self.folder / "log").read_text()) from None
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stops it: SIGINT ends all sessions in order, SIGQUIT is `pg_ctl stop -m immediate`, as if it had crashed."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait(60)

    def url(self, database: str, user: str = SUPERUSER, password: str = PASSWORD, port: int | None = None) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{port or self.port}/{database}"

    def superuser(self, database: str) -> psycopg.Connection:
        return psycopg.connect(self.url(database), autocommit=True, connect_timeout=10)

    def create(self, database: str) -> Database:
        """A database whose owner is an ordinary role of the same name."""
        with self.superuser("postgres") as connection:
            connection.execute(f"CREATE ROLE {database} LOGIN PASSWORD '{PASSWORD}'")
            connection.execute(f"CREATE DATABASE {database} OWNER {database}")
        return Database(self, database)


class Database:
    """One database. `url` is its owner's."""

    def __init__(self, server: Postgres, name: str) -> None:
        self.server = server
        self.name = name
        self.url = server.url(name, name)

    def role(self, name: str) -> str:
        """The URL of a further, ordinary role, made now."""
        role = f"{self.name}_{name}"
        with self.superuser() as connection:
            connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
        return self.server.url(self.name, role)

    def superuser(self) -> psycopg.Connection:
        return self.server.superuser(self.name)

    @contextmanager
    def tampering(self) -> Iterator[psycopg.Connection]:
        """What a superuser can do who hides his traces: no trigger fires in his session, and none is changed."""
        with self.superuser() as connection:
            connection.execute("SET session_replication_role = replica")
            yield connection


@contextmanager
def running() -> Iterator[Postgres]:
    """A server for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="policyctl-pg-") as folder:
        server = Postgres(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop(signal.SIGQUIT)
