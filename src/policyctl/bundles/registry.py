"""A registry of OCI artefacts over HTTP: blobs and manifests, nothing of bundles.

Source: OCI Distribution Specification 1.1; for tokens, the Distribution project's "Token Authentication Specification".
"""

from __future__ import annotations

import hashlib
import os
import re
import ssl
from types import TracebackType
from typing import Any, Self

import httpx

from policyctl.bundles.reference import Credentials, Reference
from policyctl.model.errors import RegistryError

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
LONGEST_MANIFEST, LONGEST_BLOB = 4 * 1024 * 1024, 256 * 1024 * 1024
"""Bytes."""
_CHALLENGE = re.compile(r'([a-z]+)="([^"]*)"')
_AGAIN = "look at the address, and whether the registry runs"


class Registry:
    """One repository of a registry. Credentials are sent only to who asks for them, over TLS or on this machine."""

    def __init__(
        self,
        place: Reference,
        credentials: Credentials,
        *,
        ca_file: str = "",
        plain: bool = False,
        transport: httpx.BaseTransport | None = None,
        timeout: float = 60,
    ) -> None:
        """`plain`: HTTP without TLS, on this machine only. `ca_file`: the authorities to trust in place of the public ones."""
        if plain and not place.loopback:
            raise RegistryError(
                f"{place.host} is not this machine", hint="leave out --plain-http: it is asked over TLS"
            )
        self._place, self._credentials = place, credentials
        self._base = httpx.URL(f"{'http' if plain else 'https'}://{place.host}/v2/{place.name}/")
        self._authorization = ""
        self._client = httpx.Client(verify=_authorities(ca_file), transport=transport, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def manifest(self, name: str) -> bytes:
        """The manifest of a tag or digest. Raises RegistryError."""
        return self._content(f"manifests/{name}", LONGEST_MANIFEST, {"Accept": MANIFEST})

    def blob(self, digest: str) -> bytes:
        """The bytes of this digest. Raises RegistryError, also where they are others."""
        content = self._content(f"blobs/{digest}", LONGEST_BLOB, {})
        require_digest(content, digest, str(self._place))
        return content

    def put_blob(self, content: bytes) -> None:
        """Uploads a blob, if the registry has not got it."""
        digest = digest_of(content)
        if self._ask("HEAD", self._base.join(f"blobs/{digest}")).status_code == 200:
            return
        started = self._expected(self._ask("POST", self._base.join("blobs/uploads/")), 202)
        target = self._led(self._base, started).copy_merge_params({"digest": digest})
        headers = {"Content-Type": "application/octet-stream"}
        self._expected(self._ask("PUT", target, headers, content), 201)

    def put_manifest(self, name: str, content: bytes) -> None:
        """Uploads a manifest under a tag."""
        self._expected(self._ask("PUT", self._base.join(f"manifests/{name}"), {"Content-Type": MANIFEST}, content), 201)

    def _content(self, path: str, longest: int, headers: dict[str, str]) -> bytes:
        response = self._expected(self._ask("GET", self._base.join(path), headers, longest=longest), 200)
        return response.content

    def _ask(
        self,
        method: str,
        url: httpx.URL,
        headers: dict[str, str] | None = None,
        content: bytes | None = None,
        longest: int = LONGEST_MANIFEST,
    ) -> httpx.Response:
        """Asked again with credentials where the registry wants some, and where it sends us on, there: without them, if it is another."""
        response = self._send(method, url, headers or {}, content, longest)
        if response.status_code == 401 and self._authorize(response.headers.get("WWW-Authenticate", "")):
            response = self._send(method, url, headers or {}, content, longest)
        if method == "GET" and response.has_redirect_location:
            response = self._send(method, self._led(url, response), headers or {}, None, longest)
        return response

    def _send(
        self, method: str, url: httpx.URL, headers: dict[str, str], content: bytes | None, longest: int
    ) -> httpx.Response:
        if self._base.scheme == "https" and url.scheme != "https":
            raise RegistryError(f"{self._place.host} leads to {url.host} without TLS", hint="use another registry")
        same = (url.scheme, url.host, url.port) == (self._base.scheme, self._base.host, self._base.port)
        own = {"Accept-Encoding": "identity"}
        if same and self._authorization:
            own["Authorization"] = self._authorization
        try:
            with self._client.stream(method, url, headers={**headers, **own}, content=content) as response:
                read = bytearray()
                for piece in response.iter_bytes():
                    read += piece
                    if len(read) > longest:
                        raise RegistryError(
                            f"{self._place}: more than {longest} bytes", hint="this is no bundle of ours"
                        )
        except httpx.HTTPError as error:
            raise RegistryError(f"{self._place.host} cannot be asked: {error}", hint=_AGAIN) from error
        answer = httpx.Response(response.status_code, content=bytes(read), request=response.request)
        answer.headers.update({k: v for k, v in response.headers.items() if k in ("location", "www-authenticate")})
        return answer

    def _led(self, base: httpx.URL, response: httpx.Response) -> httpx.URL:
        """Where an answer sends us."""
        try:
            return base.join(response.headers.get("Location", ""))
        except httpx.InvalidURL as error:
            raise RegistryError(f"{self._place.host} leads to no address: {error}", hint=_AGAIN) from error

    def _authorize(self, challenge: str) -> bool:
        """Takes up what the registry asks for; False where there is nothing to answer with."""
        scheme, _, rest = challenge.partition(" ")
        if scheme.lower() == "basic" and self._credentials.basic:
            self._authorization = self._credentials.basic
            return True
        if scheme.lower() != "bearer":
            return False
        asked = dict(_CHALLENGE.findall(rest))
        try:
            realm = httpx.URL(asked.pop("realm", ""))
        except httpx.InvalidURL as error:
            raise RegistryError(f"{self._place.host} names no place for tokens: {error}", hint=_AGAIN) from error
        if realm.scheme != self._base.scheme and realm.scheme != "https":
            raise RegistryError(f"{self._place.host} gives tokens without TLS", hint="use another registry")
        headers = {"Authorization": self._credentials.basic} if self._credentials.basic else {}
        try:
            response = self._client.get(realm.copy_merge_params(asked), headers=headers)
            told: Any = response.json() if response.status_code == 200 else {}
        except (httpx.HTTPError, ValueError) as error:
            raise RegistryError(f"{realm.host} gave no token: {error}", hint=_AGAIN) from error
        token = isinstance(told, dict) and (told.get("token") or told.get("access_token"))
        self._authorization = f"Bearer {token}" if isinstance(token, str) and token else ""
        return bool(self._authorization)

    def _expected(self, response: httpx.Response, status: int) -> httpx.Response:
        code = response.status_code
        if code == status:
            return response
        if code in (401, 403):
            raise RegistryError(
                f"{self._place.host} does not let us at {self._place.name} ({code})",
                hint="docker login there, or set POLICYCTL_REGISTRY_USER and POLICYCTL_REGISTRY_PASSWORD",
            )
        if code == 404:
            raise RegistryError(f"{self._place} is not there", hint="look at the name and the tag")
        raise RegistryError(f"{self._place.host} answered {code}: {response.text[:200]}", hint=_AGAIN)


def digest_of(content: bytes) -> str:
    """The name of these bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def require_digest(content: bytes, digest: str, place: str) -> None:
    """Raises RegistryError where the bytes are not those of this name."""
    if digest_of(content) != digest:
        raise RegistryError(f"{place}: the registry gave other bytes than {digest}", hint="do not trust this registry")


def _authorities(ca_file: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file or os.environ.get("SSL_CERT_FILE") or None)
    except (OSError, ssl.SSLError) as error:
        raise RegistryError(
            f"{ca_file}: no authorities can be read from it: {error}", hint="name a PEM file"
        ) from error
