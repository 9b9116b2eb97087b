"""One server over HTTP: asked within limits, again where it asks for patience, and never led elsewhere.

Source: RFC 9110, sections 9.2.2 (asking again), 10.2.3 (Retry-After) and 15.4 (redirection).
"""

from __future__ import annotations

import hashlib
import itertools
import netrc
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import httpx

from policyctl.collectors.decoding import decode
from policyctl.collectors.json_values import parse_json
from policyctl.collectors.limits import Limits, in_mebibytes
from policyctl.collectors.moments import moment
from policyctl.collectors.registries.access import Access, is_loopback
from policyctl.collectors.registries.patience import BUSY, Patience, retry_after
from policyctl.model.errors import InputError, UsageError
from policyctl.model.gathered import Stamp
from policyctl.model.printable import printable

_REDIRECTS = 3
CONNECTIONS = 16
"""To one server at once."""
Query = Mapping[str, str | int]


class SourceError(InputError):
    """A server cannot be reached, or answers what cannot be used."""


class Refused(SourceError):
    """The server answered, and does not accept these credentials, or allows this to others only."""


class Missing(SourceError):
    """The server answered that it has no such thing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: the JSON value, and the stamp of its bytes."""

    value: Any
    stamp: Stamp


class Server:
    """Safe for several threads. Every question is a GET, or a POST that only searches: asking twice is safe."""

    def __init__(
        self,
        access: Access,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Raises UsageError for certificates that cannot be read."""
        self.access, self._sleep = access, sleep
        self._base = httpx.URL(access.url.rstrip("/") + "/")
        self._patience = Patience(access.wait)
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {access.token}"} if access.token else {},
            auth=_auth(access),
            verify=_authorities(access),
            transport=transport,
            timeout=access.timeout,
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, path: str, query: Query | None = None) -> Answer:
        """The JSON at this path below the address. Raises SourceError."""
        return self._json(self._client.build_request("GET", self._base.join(path), params=query))

    def search(self, path: str, body: Mapping[str, Any]) -> Answer:
        """The answer to a POST that changes nothing. Raises SourceError."""
        return self._json(self._client.build_request("POST", self._base.join(path), json=dict(body)))

    def content(self, path: str, query: Query | None = None, *, longest: int) -> bytes:
        """The bytes at this path. Raises SourceError, also where they are more than `longest`."""
        return b"".join(self.pieces(path, query, longest=longest))

    def pieces(self, path: str, query: Query | None = None, *, longest: int) -> Iterator[bytes]:
        """The bytes at this path as they come: they may be more than fit into memory. Raises SourceError."""
        request = self._client.build_request("GET", self._base.join(path), params=query)
        with self._answered(request) as response:
            yield from self._limited(response, longest)

    def _json(self, request: httpx.Request) -> Answer:
        with self._answered(request) as response:
            content = b"".join(self._limited(response, Limits.JSON_BYTES))
        where = _place(request.url)
        value = parse_json(decode(content, where), where)
        return Answer(value, Stamp(hashlib.sha256(content).hexdigest(), moment(datetime.now(UTC))))

    @contextmanager
    def _answered(self, request: httpx.Request) -> Iterator[httpx.Response]:
        """The answer of status 200, not yet read. Where reading it fails half way, that is a SourceError."""
        response = self._asked(request)
        try:
            yield response
        except httpx.HTTPError as error:
            raise SourceError(f"{_place(request.url)}: the answer broke off", hint="try again") from error
        finally:
            response.close()

    def _asked(self, request: httpx.Request) -> httpx.Response:
        for attempt in itertools.count():
            try:
                response = self._led(request)
            except httpx.HTTPError as error:
                said, wished = _unreachable(request.url, error), None
            else:
                if response.status_code not in BUSY:
                    return self._of_use(response, request.url)
                said = _unusable(response, request.url)
                wished = retry_after(response.headers.get("Retry-After", ""), datetime.now(UTC))
                response.close()
            pause = self._patience.pause(attempt, wished)
            if pause is None:
                raise said
            self._sleep(pause)
        raise AssertionError("counting does not end")

    def _led(self, request: httpx.Request) -> httpx.Response:
        """The answer, after redirects within the same server. One that leads to another is refused: who asks for it is not known."""
        for _ in range(_REDIRECTS):
            response = self._client.send(request, stream=True)
            if response.next_request is None:
                return response
            response.close()
            led = response.next_request
            if (led.url.scheme, led.url.host, led.url.port) != (self._base.scheme, self._base.host, self._base.port):
                raise SourceError(
                    f"{_place(request.url)}: leads to {printable(led.url.host)}, which nobody configured",
                    hint="name that server, if it is the right one",
                )
            request = led
        raise SourceError(f"{_place(request.url)}: is redirected again and again", hint="look at the address")

    def _of_use(self, response: httpx.Response, url: httpx.URL) -> httpx.Response:
        if response.status_code == 200:
            return response
        error = _unusable(response, url)
        response.close()
        raise error

    def _limited(self, response: httpx.Response, longest: int) -> Iterator[bytes]:
        size = 0
        for piece in response.iter_bytes():
            size += len(piece)
            if size > longest:
                raise SourceError(f"{_place(response.url)}: more than {in_mebibytes(longest)}")
            yield piece


def _auth(access: Access) -> httpx.Auth | None:
    """Credentials for this server alone. Those of netrc, too, go out only over TLS or to this machine."""
    if access.token:
        return None
    if access.user:
        return httpx.BasicAuth(access.user, access.password)
    url = httpx.URL(access.url)
    if url.scheme != "https" and not is_loopback(url.host):
        return None
    try:
        return httpx.NetRCAuth()
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError) as error:
        raise UsageError(f"netrc cannot be read: {error}", hint="mend it, or give credentials otherwise") from error


def _authorities(access: Access) -> ssl.SSLContext:
    try:
        trusted = ssl.create_default_context(cafile=access.ca_file or None)
        if access.client_certificate:
            trusted.load_cert_chain(access.client_certificate)
    except OSError as error:  # an SSLError is one
        named = " or ".join(filter(None, (access.ca_file, access.client_certificate)))
        raise UsageError(f"{named}: cannot be used as certificates", hint="name files in PEM format") from error
    return trusted


def _place(url: httpx.URL) -> str:
    """A place to name in a message: without the query, which may be long."""
    return printable(f"{url.scheme}://{url.netloc.decode()}{url.path}")


def _unreachable(url: httpx.URL, error: httpx.HTTPError) -> SourceError:
    slow = isinstance(error, httpx.TimeoutException)
    reason = "no answer in time" if slow else printable(str(error) or type(error).__name__)
    return SourceError(f"{_place(url)}: cannot be reached ({reason})", hint="look at the address, and whether it runs")


def _unusable(response: httpx.Response, url: httpx.URL) -> SourceError:
    status = response.status_code
    if status in (401, 403):
        return Refused(f"{_place(url)}: refused ({status})", hint="give credentials that may read it")
    if status == 404:
        return Missing(f"{_place(url)}: there is no such thing (404)", hint="look at the name")
    if status in BUSY:
        return SourceError(f"{_place(url)}: does not answer now ({status})", hint="try again later")
    return SourceError(f"{_place(url)}: answered with status {status}", hint="look at the address")
