"""The paths that the server answers: /v1/admit and what is below it, /healthz, /readyz, /metrics.

An error is an HTTP error, never a review: what follows from it is the API server's to say, by the `failurePolicy` of its configuration.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from policyctl.admission.doors import profile_at
from policyctl.admission.metrics import TYPE, Metrics
from policyctl.admission.review import Answer, Request, parse, rendered
from policyctl.admission.troubles import Saw, part_of, unnoticed
from policyctl.admission.waiting import Full, Internal, Queue
from policyctl.model.errors import EngineError, InputError, LedgerError, PolicyctlError
from policyctl.model.printable import printable
from policyctl.model.secrets import conceal
from policyctl.progress import say

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

MOST_BYTES = 8 * 1024 * 1024
"""Of a review: an API server takes objects of 3 MiB at most, and sends the old one with the new."""
_DEFAULT, _LONGEST, _MARGIN = 10.0, 30.0, 0.5
"""Seconds that an API server waits where it does not say, that it can be told to wait, and that we answer earlier."""
_TIMEOUT = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")
_PART = {Full: "full", Internal: "internal", InputError: "request", EngineError: "engine", LedgerError: "ledger"}


class Refused(PolicyctlError):
    """The HTTP request itself cannot be taken."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class App:
    """Answers HTTP requests, as ASGI calls them. `only_status`: everything but /v1/admit."""

    def __init__(
        self,
        queue: Queue,
        metrics: Metrics,
        ready: Callable[[], str],
        saw: Saw = unnoticed,
        *,
        only_status: bool = False,
    ) -> None:
        """`ready` says why not; an empty text where it is. `saw` is told of trouble."""
        self._queue, self._metrics, self._ready = queue, metrics, ready
        self._saw, self._only_status = saw, only_status

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path, method = scope["path"], scope["method"]
        chosen = profile_at(path)
        if chosen is not None and not self._only_status:
            if method != "POST":
                await send_answer(send, 405, b"POST an AdmissionReview\n")
                return
            await send_answer(send, *await self._admitted(scope, receive, chosen))
        elif path == "/healthz" and method == "GET":
            await send_answer(send, 200, b"ok\n")
        elif path == "/readyz" and method == "GET":
            reason = self._ready()
            await send_answer(send, 503 if reason else 200, f"{reason or 'ok'}\n".encode())
        elif path == "/metrics" and method == "GET":
            await send_answer(send, 200, self._metrics.text(), TYPE)
        else:
            await send_answer(send, 404, b"no such path: /v1/admit, /healthz, /readyz, /metrics\n")

    async def _admitted(self, scope: Mapping[str, Any], receive: Receive, chosen: str) -> tuple[int, bytes, str]:
        """Status, body and type of the answer to a review."""
        seconds = seconds_of(scope.get("query_string", b""))
        operation = "unknown"
        try:
            async with asyncio.timeout(max(seconds - _MARGIN, seconds / 2)):
                body = await body_of(scope, receive)
                began = time.monotonic()
                request = parse(body, chosen)
                operation = request.operation
                given = await self._queue.given(request)
            if isinstance(given, PolicyctlError):
                return self._failed(operation, given)
            self._metrics.seconds.observe(time.monotonic() - began)
            return self._answered(request, given)
        except TimeoutError:
            return self._failed(
                operation, Refused(504, f"no decision within the {seconds:g} s that the API server waits")
            )
        except PolicyctlError as error:
            return self._failed(operation, error)

    def _answered(self, request: Request, given: Answer) -> tuple[int, bytes, str]:
        outcome = given.audit["outcome"] if given.allowed or given.code == 403 else "refused"
        self._metrics.requests.labels(request.operation, outcome).inc()
        return 200, rendered(request.uid, given), "application/json"

    def _failed(self, operation: str, error: PolicyctlError) -> tuple[int, bytes, str]:
        status = error.status if isinstance(error, Refused) else 400 if isinstance(error, InputError) else 503
        part = "timeout" if status == 504 else next((p for t, p in _PART.items() if isinstance(error, t)), "request")
        self._metrics.requests.labels(operation, "error").inc()
        self._metrics.errors.labels(part).inc()
        if isinstance(error, EngineError | LedgerError):
            self._saw(part_of(error), error.message)
        # It may quote a key of the review, and a key may be a secret.
        told = printable(f"policyctl: {conceal('', error.message)}", 1000)
        say(f"{told} ({error.hint})" if error.hint else told)
        return status, f"{told}\n".encode(), "text/plain; charset=utf-8"


def seconds_of(query: bytes) -> float:
    """How long the API server waits: "timeout=10s" in the query, or "500ms"."""
    given = parse_qs(query.decode("latin-1")).get("timeout", [""])[0]
    if not (read := _TIMEOUT.fullmatch(given)):
        return _DEFAULT
    seconds = float(read[1]) / (1000 if read[2] == "ms" else 1)
    return min(max(seconds, 0.1), _LONGEST)


async def body_of(scope: Mapping[str, Any], receive: Receive, what: str = "review") -> bytes:
    """The whole body, of what is sent. Raises Refused for another type, for one that is too long, and where the client goes away."""
    headers = {name.lower(): value for name, value in scope["headers"]}
    type = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
    if type != "application/json":
        raise Refused(415, f"a {what} is sent as application/json")
    pieces: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, f"the client went away before its {what} was complete")
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        more = message.get("more_body", False)
        if size > MOST_BYTES:
            raise Refused(413, f"a {what} of more than {MOST_BYTES // 1024 // 1024} MiB is not read")
    return b"".join(pieces)


async def send_answer(send: Send, status: int, body: bytes, type: str = "text/plain; charset=utf-8") -> None:
    """Sends an answer, with its length."""
    headers = [(b"content-type", type.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
