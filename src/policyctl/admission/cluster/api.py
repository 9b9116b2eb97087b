"""The API server as policyctl asks it: where it is and who asks, from a kubeconfig or from the pod's own service account."""

from __future__ import annotations

import json
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import httpx
from kubernetes import client, config

from policyctl.model.errors import PolicyctlError, UsageError
from policyctl.model.printable import printable

IN_CLUSTER = "in-cluster"
_PATIENCE = httpx.Timeout(90.0, connect=5.0)
"""Seconds that an answer may be silent, since a watch gets a sign of life each minute, and for a connection."""
_LAST_WORDS = 5.0
"""Seconds that whoever asks has to notice that all is closed."""
_BUSY, _ATTEMPTS, _LONGEST_WAIT = 429, 6, 5.0
"""The HTTP status of an API server that has done nothing because it is busy, or is still getting a kind ready; how often it is asked in
all, and the most seconds in between.
"""
_LONGEST = 200


class ApiError(PolicyctlError):
    """The API server cannot be reached, or refuses. `status` is its HTTP status, 0 where there is none."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class Api:
    """One API server. Safe for use by several threads."""

    def __init__(self, kubeconfig: str) -> None:
        """`kubeconfig` is a file, "in-cluster", or empty: then as kubectl finds it. Raises UsageError where it does not serve."""
        self._configuration = _configuration(kubeconfig)
        self._http = httpx.Client(
            base_url=self._configuration.host,
            verify=_tls(self._configuration),
            limits=httpx.Limits(max_connections=None),
        )
        self._turn = threading.Condition()
        self._open: list[socket.socket] = []
        self._asking, self._closed = 0, False

    @property
    def host(self) -> str:
        """The URL of the API server."""
        return str(self._configuration.host)

    def get(self, path: str, query: Mapping[str, str], *, seconds: float | None = None) -> Any:
        """The JSON of an answer; with `seconds`, one that is silent for no longer, and asked for once. Raises ApiError."""
        with self._asked(path, query, seconds=seconds) as answer:
            return answer.json()

    def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any],
        *,
        query: Mapping[str, str] | None = None,
        content_type: str = "application/json",
    ) -> Any:
        """The JSON of the answer to a request with this body. Raises ApiError; with status 409 where it has changed meanwhile."""
        with self._asked(path, query or {}, method=method, body=body, content_type=content_type) as answer:
            return answer.json()

    def lines(self, path: str, query: Mapping[str, str]) -> Iterator[str]:
        """The lines of an answer as they come. Raises ApiError."""
        with self._asked(path, query, stream=True) as answer:
            yield from filter(None, answer.iter_lines())

    def close(self) -> None:
        """Hangs up on whatever is being answered, and closes all connections once nobody reads them: a thread that went on to read one
        would read from the next that the process opens.
        """
        with self._turn:
            self._closed = True
            for open_socket in self._open:
                _hang_up(open_socket)
            self._turn.wait_for(lambda: not self._asking, _LAST_WORDS)
        self._http.close()

    @contextmanager
    def _asked_for(self) -> Iterator[None]:
        """Around a request from its beginning to its end."""
        with self._turn:
            if self._closed:
                raise ApiError("the connection is closed")
            self._asking += 1
        try:
            yield
        finally:
            with self._turn:
                self._asking -= 1
                self._turn.notify_all()

    @contextmanager
    def _answering(self, answer: httpx.Response) -> Iterator[None]:
        """While an answer comes in."""
        answered = answer.extensions["network_stream"].get_extra_info("socket")
        with self._turn:
            self._open.append(answered)
            if self._closed:
                _hang_up(answered)
        try:
            yield
        finally:
            with self._turn:
                self._open.remove(answered)

    @contextmanager
    def _asked(
        self,
        path: str,
        query: Mapping[str, str],
        *,
        stream: bool = False,
        method: str = "GET",
        body: Mapping[str, Any] | None = None,
        content_type: str = "application/json",
        seconds: float | None = None,
    ) -> Iterator[httpx.Response]:
        token = self._configuration.auth_settings().get("BearerToken", {}).get("value")
        headers = {"Accept": "application/json", **({"Authorization": token} if token else {})}
        content = None if body is None else json.dumps(body).encode()
        if content is not None:
            headers["Content-Type"] = content_type
        try:
            for left in reversed(range(_ATTEMPTS if seconds is None else 1)):
                timeout = _PATIENCE if seconds is None else httpx.Timeout(seconds)
                with (
                    self._asked_for(),
                    self._http.stream(
                        method, path, params=dict(query), headers=headers, content=content, timeout=timeout
                    ) as answer,
                    self._answering(answer),
                ):
                    if not answer.is_success:
                        answer.read()
                    if answer.is_success or answer.status_code != _BUSY or not left:
                        yield self._told(answer, stream)
                        return
                time.sleep(_wait(answer))
        except (httpx.HTTPError, ValueError, RuntimeError) as error:  # the last one where it was closed meanwhile
            raise ApiError(printable(str(error) or type(error).__name__, _LONGEST)) from error

    @staticmethod
    def _told(answer: httpx.Response, stream: bool) -> httpx.Response:
        if not answer.is_success:
            raise ApiError(_refusal(answer), answer.status_code)
        if not stream:
            answer.read()
        return answer


def _configuration(kubeconfig: str) -> Any:
    made = client.Configuration()
    try:
        if kubeconfig == IN_CLUSTER:
            config.load_incluster_config(made)
        else:
            config.load_kube_config(kubeconfig or None, client_configuration=made)
    except (config.ConfigException, OSError, ValueError, TypeError, KeyError) as error:
        raise UsageError(
            f"--cluster {kubeconfig or '(as kubectl)'}: {printable(str(error), _LONGEST)}",
            hint="name a kubeconfig, or in-cluster where policyctl runs as a pod",
        ) from error
    return made


def _tls(configuration: Any) -> ssl.SSLContext:
    made = ssl.create_default_context(cafile=configuration.ssl_ca_cert)
    if not configuration.verify_ssl:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    if configuration.cert_file:
        made.load_cert_chain(configuration.cert_file, configuration.key_file)
    return made


def _hang_up(answered: socket.socket) -> None:
    """Whoever reads from it reads its end."""
    with suppress(OSError), socket.socket(fileno=os.dup(answered.fileno())) as same:
        same.shutdown(socket.SHUT_RDWR)


def _wait(answer: httpx.Response) -> float:
    """Seconds, as it asks for."""
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), _LONGEST_WAIT) if asked.isdecimal() else 1.0


def _refusal(answer: httpx.Response) -> str:
    try:
        message = answer.json().get("message", "")
    except (ValueError, AttributeError):
        message = ""
    return printable(str(message) or f"HTTP status {answer.status_code}", _LONGEST)
