"""One question and its answer with a remote OPA: through opa-python-client, or a socket that somebody else's OPA
listens at.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult

import requests
from opa_client import OpaClient
from requests.utils import get_environ_proxies

from policyctl.engines import answers
from policyctl.engines.address import Address
from policyctl.engines.batches import Batch
from policyctl.engines.interface import QUERY, Unreachable
from policyctl.engines.local import path_of
from policyctl.engines.wire import Wire
from policyctl.model.errors import EngineError

_HINT = "is OPA running at that address, and may this machine reach it?"


class SocketExchange:
    """A unix socket."""

    def __init__(self, path: str, token: str, *, timeout: float, parallel: int) -> None:
        self._wire = Wire(Address(path, token=token), timeout=timeout, parallel=parallel)

    def ask(self, batch: Batch, where: str) -> Mapping[str, Any]:
        """The payload of the answer. Raises EngineError."""
        status, body = self._wire.request("POST", path_of(batch.rule), batch.body)
        return answers.read(status, body, where)

    def close(self) -> None:
        """There is nothing to let go of."""


class ClientExchange:
    """HTTP or HTTPS, through at most `parallel` clients, each used by one thread at a time."""

    def __init__(
        self,
        url: SplitResult,
        token: str,
        ca_file: str,
        certificate: tuple[str, str] | None,
        *,
        timeout: float,
        parallel: int,
        proxied: bool = True,
    ) -> None:
        """`proxied`: through the proxy that the environment names. False for what must not leave this machine."""
        self._kind = _ProxiedClient if proxied else _Client
        self._url, self._token, self._ca_file, self._certificate = url, token, ca_file, certificate
        self._timeout = timeout
        self._idle: list[_Client] = []
        self._turn = threading.BoundedSemaphore(parallel)

    def ask(self, batch: Batch, where: str) -> Mapping[str, Any]:
        """The payload of the answer. Raises Unreachable when the connection fails, else EngineError."""
        with self._turn:
            client = self._idle.pop() if self._idle else self._new()
            try:
                return self._query(client, batch, where)
            finally:
                self._idle.append(client)

    def close(self) -> None:
        """Close the connections that are not in use."""
        while self._idle:
            self._idle.pop().close_connection()

    def _new(self) -> _Client:
        url = self._url
        host = f"[{url.hostname}]" if ":" in (url.hostname or "") else url.hostname
        return self._kind(
            host=host,
            port=url.port or (443 if url.scheme == "https" else 80),
            version=f"{url.path.strip('/')}/v1".lstrip("/"),
            ssl=(self._ca_file or True) if url.scheme == "https" else False,
            cert=self._certificate,
            token=self._token or None,
            retries=0,
            timeout=self._timeout,
        )

    def _query(self, client: _Client, batch: Batch, where: str) -> Mapping[str, Any]:
        try:
            payload = client.query_rule(
                {"documents": batch.documents},
                batch.rule.package.replace("/", "."),
                batch.rule.name,
                dict.fromkeys(QUERY, True),
            )
        except requests.HTTPError as error:
            if error.response is None:
                raise EngineError(f"{where} answered nothing that can be read: {error}", hint=_HINT) from error
            return answers.read(error.response.status_code, error.response.content, where)
        except requests.exceptions.SSLError as error:
            raise EngineError(
                f"{where} does not prove who it is, or does not accept this client: {_why(error)}",
                hint="name the authority of its certificate (--opa-ca), and your certificate where it wants one",
            ) from error
        except requests.ReadTimeout as error:
            raise EngineError(
                f"{where} accepted the question and gave no answer within {self._timeout:g} s",
                hint="look at what keeps that OPA busy, or give it fewer files at once",
            ) from error
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
            raise Unreachable(f"{where} cannot be reached: {_why(error)}", hint=_HINT) from error
        except requests.exceptions.JSONDecodeError as error:
            raise EngineError(
                f"{where} answered with something that is not JSON", hint="is this address an OPA?"
            ) from error
        except requests.TooManyRedirects as error:
            raise EngineError(
                f"{where} answered with a redirect, which is not followed", hint="name the address of OPA itself"
            ) from error
        except OSError as error:
            raise EngineError(f"{where} cannot be asked: {_why(error)}", hint=_HINT) from error
        if not isinstance(payload, dict):
            raise EngineError(f"{where} answered with something that is no object", hint="is this address an OPA?")
        return payload


def _why(error: BaseException) -> str:
    """What the system or TLS said, in its words; the libraries between wrap it in names of their own objects."""
    seen: list[BaseException] = []
    waiting: list[Any] = [error]
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or one in seen:
            continue
        seen.append(one)
        waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
    for one in seen:
        if isinstance(one, ssl.SSLCertVerificationError):
            return one.verify_message
        if isinstance(one, OSError) and not isinstance(one, requests.RequestException) and one.strerror:
            return one.strerror[:1].lower() + one.strerror[1:]
        if isinstance(one, TimeoutError) or type(one).__name__ == "ConnectTimeoutError":
            return "no answer to the attempt to connect"
    return "the connection broke off"


class _Client(OpaClient):
    """Without what would change the question: redirects, and credentials or authorities that nobody named."""

    def _init_session(self) -> requests.Session:
        session = super()._init_session()
        session.trust_env = False
        session.max_redirects = 0
        return session


class _ProxiedClient(_Client):
    """Through the proxy that the environment names for this address."""

    def _init_session(self) -> requests.Session:
        session = super()._init_session()
        session.proxies.update(get_environ_proxies(self.root_url))
        return session
