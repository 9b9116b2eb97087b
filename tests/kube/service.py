"""What a cluster's network does for a Service: new connections go to the pods that are its endpoints, open ones stay where they are."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


class Service:
    """One address. `endpoint`: the port of loopback to which new connections go."""

    def __init__(self, listening: socket.socket) -> None:
        self.port, self.endpoint = int(listening.getsockname()[1]), 0
        self._listening, self._sockets, self._threads = listening, [listening], list[threading.Thread]()
        self._begin(self._accept)

    def close(self) -> None:
        """Cuts all connections."""
        for one in list(self._sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join()
        for one in self._sockets:
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                self._sockets.append(client)
                self._begin(lambda client=client: self._forward(client))

    def _forward(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self.endpoint))
        except OSError:
            client.shutdown(socket.SHUT_RDWR)
            return
        self._sockets.append(server)
        self._begin(lambda: _pump(server, client))
        _pump(client, server)

    def _begin(self, work: Callable[[], None]) -> None:
        self._threads.append(thread := threading.Thread(target=work))
        thread.start()


@contextmanager
def service() -> Iterator[Service]:
    """A Service without endpoints."""
    made = Service(socket.create_server(("127.0.0.1", 0), backlog=256))
    try:
        yield made
    finally:
        made.close()


def _pump(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
