"""The server: where it listens, whether it is ready, and an end that loses no request."""

from __future__ import annotations

import asyncio
import signal
import socket
import ssl
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import uvicorn
import uvloop

from policyctl.admission.app import App, Receive, Send
from policyctl.admission.certificates import Certificate
from policyctl.admission.hearing import Protocol
from policyctl.admission.judging import Judging
from policyctl.admission.metrics import Metrics
from policyctl.admission.troubles import Saw, part_of, unnoticed
from policyctl.admission.waiting import Queue
from policyctl.model.errors import EngineError, LedgerError, PolicyctlError, UsageError
from policyctl.model.printable import printable
from policyctl.progress import say

_LOOK = 2.0
"""Seconds between two looks at OPA and the ledger."""
_GRACE = 25
"""Seconds for requests in flight once the server is told to end: Kubernetes waits 30."""
_LEAVE, _GLANCE = 5.0, 0.05
"""Seconds for clients to give up their connections, each with its next answer; and between two looks at how many are left. An API server
does not ask again at once where a connection is closed under a request: the request would be lost.
"""
_ENDING = "ending"
_AT_ONCE = 2_000
"""Connections and requests: more are answered 503 at once, so that memory stays flat."""

Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Where:
    """Where to listen, and with which certificate. `status`: where all paths but /v1/admit are served in plain HTTP, for a kubelet
    that has no certificate to show.
    """

    address: Address
    certificate: Certificate
    status: Address | None = None


class Server(uvicorn.Server):
    """One of several in a process: signals are for all of them."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


Application = Callable[[Mapping[str, Any], Receive, Send], Awaitable[None]]
"""What answers requests, as ASGI calls it."""

Work = Callable[[], Coroutine[Any, Any, None]]
"""Goes on beside the server until it is cancelled."""


def serve(where: Where, judging: Judging, metrics: Metrics, beside: Sequence[Work] = (), saw: Saw = unnoticed) -> None:
    """Serves until SIGTERM or SIGINT; `saw` is told of trouble. Raises UsageError for a certificate that cannot be used and an address
    that cannot be had, EngineError and LedgerError where nothing could be decided or recorded from the start.
    """
    context = where.certificate.context()
    sockets = [bound(where.address), *([bound(where.status)] if where.status else [])]
    judging.probe()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(where, context, sockets, judging, metrics, beside, saw))


async def _serve(
    where: Where,
    context: ssl.SSLContext,
    sockets: list[socket.socket],
    judging: Judging,
    metrics: Metrics,
    more: Sequence[Work],
    saw: Saw,
) -> None:
    queue = Queue(judging.given, metrics)
    state = _State(judging, queue, metrics, saw)
    servers = [
        Server(
            config_of(
                state.parting(App(queue, metrics, state.reason, saw, only_status=bool(plain))),
                None if plain else context,
            )
        )
        for plain, _ in enumerate(sockets)
    ]
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    own = (queue.run(), state.look(), where.certificate.renew(context), _leave(told, servers, state))
    beside = [asyncio.create_task(work) for work in (*own, *(one() for one in more))]
    for task in beside:  # none of them ends by itself: better no server than one that does half of its work
        task.add_done_callback(lambda _: _end(servers, state))
    say(f"policyctl: deciding at https://{where.address[0]}:{where.address[1]}/v1/admit")
    try:
        await asyncio.gather(*(server.serve([listening]) for server, listening in zip(servers, sockets, strict=True)))
    finally:
        for task in beside:
            task.cancel()
        ended = await asyncio.gather(*beside, return_exceptions=True)
        queue.close()
    for failure in ended:
        if isinstance(failure, Exception):
            raise failure


class _State:
    """Whether OPA answers from the right bundle and the ledger can be written, looked at again and again."""

    def __init__(self, judging: Judging, queue: Queue, metrics: Metrics, saw: Saw) -> None:
        self._judging, self._queue, self._metrics, self._saw = judging, queue, metrics, saw
        self._reason = ""
        metrics.ready.set(1)

    def reason(self) -> str:
        """Why the server is not ready; empty where it is."""
        return self._reason

    def ending(self) -> None:
        """From now on it is not ready, and does not become so again."""
        self._reason = _ENDING
        self._metrics.ready.set(0)

    def parting(self, app: Application) -> Application:
        """The same application, whose answers give up their connections once it ends."""

        async def parted(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
            async def sent(message: dict[str, Any]) -> None:
                if message["type"] == "http.response.start" and self._reason == _ENDING:
                    message["headers"] = [*message["headers"], (b"connection", b"close")]
                await send(message)

            await app(scope, receive, sent)

        return parted

    async def look(self) -> None:
        """Looks until cancelled. An OPA that does not answer is started again, once it has been told."""
        while self._reason != _ENDING:
            failure = await self._failure(self._judging.probe)
            self._metrics.spooled.set(self._judging.spooled)
            if why := self._judging.spooling:
                self._saw("spool", why)
            self._tell(failure)
            if isinstance(failure, EngineError):
                self._tell(await self._failure(self._judging.revive))
            await asyncio.sleep(_LOOK)

    async def _failure(self, work: Callable[[], None]) -> PolicyctlError | None:
        try:
            await self._queue.in_turn(work)
        except PolicyctlError as error:
            if isinstance(error, EngineError | LedgerError):
                self._saw(part_of(error), error.message)
            return error
        return None

    def _tell(self, failure: PolicyctlError | None) -> None:
        reason = failure.message if failure else ""
        if self._reason in (_ENDING, reason):
            return
        say(printable(f"policyctl: {f'not ready: {reason}' if reason else 'ready again'}", 1000))
        self._reason = reason
        self._metrics.ready.set(0 if reason else 1)


async def _leave(told: asyncio.Event, servers: list[Server], state: _State) -> None:
    """Waits until it is told to end, and then until nobody holds a connection, or for so long."""
    await told.wait()
    state.ending()
    with suppress(TimeoutError):
        async with asyncio.timeout(_LEAVE):
            while any(server.server_state.connections for server in servers):
                await asyncio.sleep(_GLANCE)


def _end(servers: list[Server], state: _State) -> None:
    state.ending()
    for server in servers:
        server.should_exit = True


def config_of(app: Application, context: ssl.SSLContext | None) -> uvicorn.Config:
    """How any of our servers is run: with limits, and silent but for what we say ourselves."""
    return uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="critical",
        server_header=False,
        limit_concurrency=_AT_ONCE,
        timeout_keep_alive=90,
        timeout_graceful_shutdown=_GRACE,
        ssl_context_factory=(lambda _config, _default: context) if context else None,
    )


def bound(address: Address) -> socket.socket:
    """A socket that listens there. Raises UsageError."""
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    made = socket.socket(family)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(address)
    except OSError as error:
        made.close()
        raise UsageError(
            f"cannot listen at {address[0]}:{address[1]}: {error.strerror or error}", hint="name another address"
        ) from error
    made.listen(2048)
    return made
