"""OPA's decision log API: POST /logs, or /logs/NAME. What is answered 200 is on record; OPA sends anything else again."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

from policyctl.admission.app import Receive, Refused, Send, body_of, send_answer
from policyctl.admission.ingesting.reading import events_of
from policyctl.admission.ingesting.taking import Taken
from policyctl.model.errors import InputError, PolicyctlError
from policyctl.model.printable import printable
from policyctl.model.secrets import conceal
from policyctl.progress import say

_READING = 30.0
"""Seconds for a body to arrive."""
_AT_ONCE = 4
"""Bodies that are unpacked and recorded at the same time; others wait, so that memory stays flat."""
_TOLD = 5


class App:
    """Answers HTTP requests, as ASGI calls them. `token`: what a client must show; empty where its certificate serves, or nothing."""

    def __init__(self, take: Callable[[list[Any]], Taken], probe: Callable[[], None], token: str) -> None:
        self._take, self._probe, self._token = take, probe, token.encode()
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path, method = scope["path"], scope["method"]
        if path == "/logs" or path.startswith("/logs/"):
            status, said = await self._posted(scope, receive) if method == "POST" else (405, {"error": "POST events"})
            await send_answer(send, status, json.dumps(said).encode() + b"\n", "application/json")
        elif path == "/healthz" and method == "GET":
            await send_answer(send, 200, b"ok\n")
        elif path == "/readyz" and method == "GET":
            await send_answer(send, *await self._ready())
        else:
            await send_answer(send, 404, b"no such path: /logs, /healthz, /readyz\n")

    async def _posted(self, scope: Mapping[str, Any], receive: Receive) -> tuple[int, dict[str, Any]]:
        headers = {name.lower(): value for name, value in scope["headers"]}
        if self._token and not hmac.compare_digest(headers.get(b"authorization", b""), b"Bearer " + self._token):
            return 401, {"error": "a token is needed, as Authorization: Bearer TOKEN"}
        encoding = headers.get(b"content-encoding", b"").decode("latin-1").strip().lower()
        try:
            async with asyncio.timeout(_READING):
                body = await body_of(scope, receive, "batch")
            async with self._turns:
                taken = await asyncio.to_thread(lambda: self._take(events_of(body, encoding)))
        except TimeoutError:
            return 408, {"error": "the batch did not arrive in time"}
        except PolicyctlError as error:
            return self._failed(error)
        for reason in taken.refused[:_TOLD]:
            say(printable(f"policyctl: an event of {scope['path']} is refused: {reason}", 400))
        return 200, {"recorded": taken.recorded, "duplicates": taken.duplicates, "refused": list(taken.refused[:_TOLD])}

    async def _ready(self) -> tuple[int, bytes]:
        try:
            await asyncio.to_thread(self._probe)
        except PolicyctlError as error:
            return 503, f"{printable(error.message, 1000)}\n".encode()
        return 200, b"ok\n"

    def _failed(self, error: PolicyctlError) -> tuple[int, dict[str, Any]]:
        status = error.status if isinstance(error, Refused) else 400 if isinstance(error, InputError) else 503
        told = printable(conceal("", error.message), 1000)
        say(f"policyctl: a batch is not taken: {told}")
        return status, {"error": told}
