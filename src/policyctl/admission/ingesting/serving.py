"""The server that takes decision logs, until it is told to end."""

from __future__ import annotations

import asyncio
import ipaddress
import signal
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from ssl import SSLContext

import uvloop

from policyctl.admission.certificates import Certificate
from policyctl.admission.ingesting.app import App
from policyctl.admission.ingesting.taking import Taking
from policyctl.admission.serving import Address, Server, bound, config_of
from policyctl.model.errors import UsageError
from policyctl.progress import say


@dataclass(frozen=True, slots=True)
class Where:
    """Where to listen. `files`: certificate and key, None for plain HTTP; `clients`: the CA of clients' certificates; `token`: what they
    must show, or empty.
    """

    address: Address
    files: tuple[Path, Path] | None
    clients: Path | None
    token: str

    def __post_init__(self) -> None:
        """Raises UsageError for what would let anybody write into the ledger, or read on the way."""
        if self.files is None and (self.clients or not _is_loopback(self.address[0])):
            raise UsageError(
                "plain HTTP is for this machine alone", hint="give --cert and --key, or --listen 127.0.0.1:8182"
            )
        if self.files and not (self.clients or self.token):
            raise UsageError("anybody could write into the ledger", hint="give --token-file or --client-ca")


def serve(where: Where, taking: Taking) -> None:
    """Serves until SIGTERM or SIGINT, which a batch in flight outlives. Raises LedgerError where nothing could be recorded at the start."""
    certificate = Certificate(*where.files, where.clients) if where.files else None
    context = certificate.context() if certificate else None
    listening = bound(where.address)
    taking.probe()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(where, taking, listening, certificate, context))


async def _serve(
    where: Where, taking: Taking, listening: socket, certificate: Certificate | None, context: SSLContext | None
) -> None:
    server = Server(config_of(App(taking.take, taking.probe, where.token), context))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: setattr(server, "should_exit", True))
    renewing = asyncio.create_task(certificate.renew(context)) if certificate and context else None
    scheme = "https" if certificate else "http"
    say(f"policyctl: taking decision logs at {scheme}://{where.address[0]}:{where.address[1]}/logs")
    try:
        await server.serve([listening])
    finally:
        if renewing:
            renewing.cancel()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
