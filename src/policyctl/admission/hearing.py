"""How long the server listens to a client, and to how much: one that is slow, or never comes to an end, is hung up on."""

from __future__ import annotations

import asyncio
from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_HEAD, _MOST = 10.0, 64 * 1024
"""Seconds for the head of a request, from its first byte or the connection's beginning, and bytes of it."""
_REST = 2.0
"""Seconds for the rest of a body that is not waited for any more: a client that is still sending shall hear why."""


class Protocol(HttpToolsProtocol):
    """One connection. The body is the application's to read, or to give up on.

    It is cut, not closed: a close waits up to half a minute for the client to agree.
    """

    _head: asyncio.TimerHandle | None = None
    _rest: asyncio.TimerHandle | None = None
    _bytes = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast(asyncio.Transport, transport))  # uvloop's are none of asyncio's classes
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._heard_head()
        self._heard_rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._head:
            self._bytes += len(data)
            if self._bytes > _MOST:
                self.transport.abort()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        self._heard_head()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._heard_rest()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        if self.cycle.more_body:
            self._rest = self.loop.call_later(_REST, self.transport.abort)
        super().on_response_complete()

    def _await_head(self) -> None:
        if not self._head:
            self._head, self._bytes = self.loop.call_later(_HEAD, self.transport.abort), 0

    def _heard_head(self) -> None:
        if self._head:
            self._head.cancel()
            self._head = None

    def _heard_rest(self) -> None:
        if self._rest:
            self._rest.cancel()
            self._rest = None
