"""The server's own certificate, kept in a Secret that all replicas share, and its CA in the webhook configuration.

Whoever is to believe a certificate is told of its CA first: the configuration names the new CA beside the one before, and only when an API
server has had time to hear of it do servers switch. Two replicas that want to renew it at once: the API server takes one of them.
"""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.issuing import issue, serves, utc_now, valid
from policyctl.admission.webhook import NAME
from policyctl.progress import say

_LOOK, _HEARD = 60.0, 10.0
"""Seconds between two looks at the Secret, and from the configuration's change until an API server goes by it."""
_NOT_FOUND, _CONFLICT = 404, 409
_CONFIGURATIONS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"
_CHAIN, _KEY, _CA = "tls.crt", "tls.key", "ca.crt"

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where it is kept: the Secret, by namespace and name, and the hosts that it is for. `folder`: where the server reads it."""

    namespace: str
    name: str
    hosts: Sequence[str]
    folder: Path


class SharedCertificate:
    """A certificate that renews itself."""

    def __init__(self, api: Api, kept: Kept, clock: Callable[[], datetime] = utc_now) -> None:
        self._api, self._kept, self._clock = api, kept, clock
        self._path = f"/api/v1/namespaces/{kept.namespace}/secrets"

    def first(self) -> tuple[Path, Path]:
        """The files that the server begins with, certificate and key. Raises ApiError where the Secret can neither be read nor made."""
        files = self._files()
        self._vouch(files[_CA])
        self._write(files)
        return self._kept.folder / _CHAIN, self._kept.folder / _KEY

    async def renew(self) -> None:
        """Looks after it until cancelled. What goes wrong is said, and tried again: two thirds of its time leave a month for that."""
        while True:
            await asyncio.sleep(_LOOK)
            try:
                files = await asyncio.to_thread(self._files)
                if await asyncio.to_thread(self._vouch, files[_CA]):
                    await asyncio.sleep(_HEARD)
                await asyncio.to_thread(self._write, files)
            except (ApiError, OSError) as error:
                say(f"policyctl: the certificate in Secret {self._kept.namespace}/{self._kept.name}: {error}")

    def _files(self) -> Files:
        """What the Secret holds; renewed first, where it is time."""
        while True:
            secret = self._secret()
            files = _decoded(secret) if secret else {}
            now = self._clock()
            if serves(files.get(_CHAIN, b""), self._kept.hosts, now) and files.get(_KEY) and files.get(_CA):
                return files
            made = issue(self._kept.hosts, now)
            earlier = valid(files.get(_CA, b""), now)[:1]
            files = {_CHAIN: made.chain, _KEY: made.key, _CA: b"".join([made.ca, *earlier])}
            try:
                self._keep(secret, files)
            except ApiError as error:
                if error.status != _CONFLICT:
                    raise
            else:
                return files

    def _secret(self) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = self._api.get(f"{self._path}/{self._kept.name}", {})
        except ApiError as error:
            if error.status != _NOT_FOUND:
                raise
            return None
        return found

    def _keep(self, before: dict[str, Any] | None, files: Files) -> None:
        """Raises ApiError with status 409 where somebody else was faster."""
        data = {name: base64.b64encode(content).decode() for name, content in files.items()}
        if before is None:
            metadata = {"name": self._kept.name, "labels": {"app.kubernetes.io/name": NAME}}
            made = {
                "apiVersion": "v1",
                "kind": "Secret",
                "type": "kubernetes.io/tls",
                "metadata": metadata,
                "data": data,
            }
            self._api.send("POST", self._path, made)
        else:
            self._api.send("PUT", f"{self._path}/{self._kept.name}", {**before, "data": data})

    def _vouch(self, ca: bytes) -> bool:
        """Has the webhook configuration believe this CA; whether it had to be changed. Where there is none yet, nobody asks yet."""
        bundle = base64.b64encode(ca).decode()
        while True:
            try:
                configuration = self._api.get(f"{_CONFIGURATIONS}/{NAME}", {})
                clients = [webhook["clientConfig"] for webhook in configuration["webhooks"]]
                if all(client.get("caBundle") == bundle for client in clients):
                    return False
                for client in clients:
                    client["caBundle"] = bundle
                self._api.send("PUT", f"{_CONFIGURATIONS}/{NAME}", configuration)
            except ApiError as error:
                if error.status == _NOT_FOUND:
                    return False
                if error.status != _CONFLICT:
                    raise
            else:
                return True

    def _write(self, files: Files) -> None:
        """The files that the server reads; the key first, so that a chain never stands beside an older key for long."""
        for name in (_KEY, _CHAIN):
            target = self._kept.folder / name
            with suppress(FileNotFoundError):
                if target.read_bytes() == files[name]:
                    continue
            aside = target.with_suffix(".new")
            with open(os.open(aside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
                file.write(files[name])
            aside.replace(target)


def _decoded(secret: dict[str, Any]) -> Files:
    data = secret.get("data") or {}
    return {name: base64.b64decode(content) for name, content in data.items()}
