"""HTTP to an OPA on this machine: a unix socket, or a loopback port with a token. Standard library only, for its import
time.
"""

from __future__ import annotations

import http.client
import socket
import threading

from policyctl.engines.address import Address
from policyctl.engines.interface import Unreachable
from policyctl.model.errors import EngineError


class Wire:
    """Connections to one address, kept open and reused, at most `parallel` at once. Safe for use by several threads."""

    def __init__(self, address: Address, *, timeout: float, parallel: int) -> None:
        """`timeout` in seconds, for connecting and for each wait on the answer."""
        self.address = address
        self._timeout = timeout
        self._idle: list[http.client.HTTPConnection] = []
        self._turn = threading.BoundedSemaphore(parallel)

    def request(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and body of the answer. Raises Unreachable when the connection fails, EngineError when the answer
        does.
        """
        with self._turn:
            connection = self._idle.pop() if self._idle else self._new()
            try:
                answer = self._exchange(connection, method, path, body)
            except EngineError:
                connection.close()
                raise
            self._idle.append(connection)
            return answer

    def close(self) -> None:
        """Close the connections that are not in use."""
        while self._idle:
            self._idle.pop().close()

    def _new(self) -> http.client.HTTPConnection:
        if self.address.socket:
            return _UnixConnection(self.address.socket, self._timeout)
        return http.client.HTTPConnection("127.0.0.1", self.address.port, timeout=self._timeout)

    def _exchange(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: bytes
    ) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"}
        if self.address.token:
            headers["Authorization"] = f"Bearer {self.address.token}"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except TimeoutError as error:
            raise EngineError(
                f"OPA at {self.address} accepted the question and gave no answer within {self._timeout:g} s",
                hint="see what keeps this machine busy, or name fewer files; `policyctl engine stop` ends a shared OPA",
            ) from error
        except (OSError, http.client.IncompleteRead) as error:
            raise Unreachable(
                f"OPA at {self.address} cannot be reached: {_reason(error)}",
                hint="`policyctl engine status` says what runs; `policyctl engine stop` clears it away",
            ) from error
        except http.client.HTTPException as error:
            raise EngineError(
                f"what listens at {self.address} does not speak HTTP: {_reason(error)}", hint="is this address an OPA?"
            ) from error


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path
        self._limit = timeout

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self._limit)
        self.sock.connect(self._path)


def _reason(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text or type(error).__name__
