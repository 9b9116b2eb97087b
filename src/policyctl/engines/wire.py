"""HTTP to an OPA on this machine: a unix socket, or a loopback port with a token.

By hand, and in version 1.0 (one question a connection, the answer ends with it), because `http.client` costs more to import
(25 ms, for e-mail headers and TLS) than asking OPA takes.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

from policyctl.engines.address import Address
from policyctl.engines.interface import Unreachable
from policyctl.model.errors import EngineError

_PIECE = 1 << 18
_LENGTH = b"content-length"


class Wire:
    """Asks one address, at most `parallel` questions at once. Safe for use by several threads."""

    def __init__(self, address: Address, *, timeout: float, parallel: int) -> None:
        """`timeout` in seconds, from connecting to the end of the answer."""
        self.address = address
        self._timeout = timeout
        self._turn = threading.BoundedSemaphore(parallel)

    def request(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and body of the answer. Raises Unreachable when the connection fails, EngineError when the answer does."""
        head = f"{method} {path} HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        if self.address.token:
            head += f"Authorization: Bearer {self.address.token}\r\n"
        question = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        with self._turn:
            return self._parsed(self._exchange(question))

    def _exchange(self, question: bytes) -> bytes:
        deadline = time.monotonic() + self._timeout
        try:
            with socket.socket(socket.AF_UNIX if self.address.socket else socket.AF_INET) as connection:
                connection.settimeout(self._timeout)
                connection.connect(self.address.socket or ("127.0.0.1", self.address.port))
                # It may have answered already, without wanting to read everything.
                with suppress(BrokenPipeError, ConnectionResetError):
                    connection.sendall(question)
                pieces: list[bytes] = []
                while (left := deadline - time.monotonic()) > 0:
                    connection.settimeout(left)
                    piece = connection.recv(_PIECE)
                    if not piece:
                        return b"".join(pieces)
                    pieces.append(piece)
                raise TimeoutError
        except TimeoutError as error:
            raise EngineError(
                f"OPA at {self.address} accepted the question and gave no answer within {self._timeout:g} s",
                hint="see what keeps this machine busy, or name fewer files; `policyctl engine stop` ends a shared OPA",
            ) from error
        except OSError as error:
            raise self._unreachable(error.strerror or str(error)) from error

    def _parsed(self, answer: bytes) -> tuple[int, bytes]:
        head, end, body = answer.partition(b"\r\n\r\n")
        first, *fields = head.split(b"\r\n")
        version, _, rest = first.partition(b" ")
        if answer and (not version.startswith(b"HTTP/1.") or not rest[:3].isdigit()):
            raise EngineError(f"what listens at {self.address} does not speak HTTP", hint="is this address an OPA?")
        lengths = [value.strip() for name, _, value in (f.partition(b":") for f in fields) if name.lower() == _LENGTH]
        if not end or any(length != str(len(body)).encode() for length in lengths):
            raise self._unreachable("it closed the connection before its answer was complete")
        return int(rest[:3]), body

    def _unreachable(self, reason: str) -> Unreachable:
        return Unreachable(
            f"OPA at {self.address} cannot be reached: {reason}",
            hint="`policyctl engine status` says what runs; `policyctl engine stop` clears it away",
        )
