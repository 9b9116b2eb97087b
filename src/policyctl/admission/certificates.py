"""The server's certificate, taken anew when its files change: connections that stand go on, the next ones see the new one."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from policyctl.model.errors import UsageError
from policyctl.progress import say

_LOOK = 2.0
"""Seconds between two looks at the files."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """PEM files: the chain, its key, and the CA that a client's own certificate must come from, if clients are to show one."""

    chain: Path
    key: Path
    clients: Path | None = None

    def context(self) -> ssl.SSLContext:
        """TLS 1.2 or later. Raises UsageError for files that cannot be read or do not belong together."""
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            made.load_cert_chain(self.chain, self.key, password=_no_password)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"{self.chain} and {self.key} do not serve as certificate and key: {_said(error)}",
                hint="give PEM files that belong together, the key without a password",
            ) from error
        if self.clients:
            try:
                made.load_verify_locations(self.clients)
            except OSError as error:
                raise UsageError(
                    f"{self.clients} does not serve as a CA: {_said(error)}", hint="give the PEM file of the CA"
                ) from error
            made.verify_mode = ssl.CERT_REQUIRED
        return made

    async def renew(self, context: ssl.SSLContext) -> None:
        """Has the context's new connections take the files' new content whenever it changes, until cancelled. What does not serve is
        said, and tried again.
        """
        taken = told = self._stamps()
        while True:
            await asyncio.sleep(_LOOK)
            found = self._stamps()
            if found == taken:
                continue
            try:
                # One of its own, as a whole or not at all: files may change between two readings of them.
                context.sni_callback = partial(_switched, self.context())
            except UsageError as error:
                if found != told:
                    say(f"policyctl: the earlier certificate goes on to serve: {error}")
                told = found
            else:
                taken = told = found
                say(f"policyctl: {self.chain} is served from now on")

    def _stamps(self) -> tuple[tuple[int, int, int] | None, ...]:
        """What changes when a file does, or the link to it, as Kubernetes renews a mounted secret."""
        return tuple(map(_stamp, (self.chain, self.key, *([self.clients] if self.clients else []))))


def _switched(
    to: ssl.SSLContext, connection: ssl.SSLObject | ssl.SSLSocket, _name: str | None, _of: ssl.SSLContext
) -> None:
    connection.context = to


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size


def _no_password() -> str:
    raise ValueError("the key has a password")


def _said(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
