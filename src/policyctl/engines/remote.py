"""An OPA that somebody else runs: its word is recorded as asserted. Costs 0.2 s to import, so only import it when asked
to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import SplitResult, urlsplit

from policyctl.engines import answers, retries
from policyctl.engines.batches import Batch, ask_in_batches, decide_in_batches
from policyctl.engines.binary import in_tested_range
from policyctl.engines.interface import CLASSIFICATIONS, NEWEST, OLDEST, PARALLEL, Document
from policyctl.engines.remote_exchange import ClientExchange, SocketExchange
from policyctl.model.classification import Classified
from policyctl.model.decision import Answer, BundleIdentity, EngineIdentity
from policyctl.model.errors import EngineError, UsageError


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a remote OPA is and how to be let in.

    `url` is https://host[:port][/prefix], http://… without a token, or unix:///path. `ca_file`, `certificate` and `key`
    are PEM files; without `ca_file` the public certificate authorities count.
    """

    url: str
    token: str = field(default="", repr=False)
    ca_file: str = ""
    certificate: str = ""
    key: str = ""


class RemoteEngine:
    """Asks the OPA at a URL, and believes only answers from the expected revision."""

    def __init__(
        self, remote: Remote, bundle: BundleIdentity, *, timeout: float = 30, parallel: int = PARALLEL
    ) -> None:
        """`timeout` in seconds, for connecting and for each wait on an answer. Raises UsageError for a URL that cannot
        be used.
        """
        parts = _checked(remote)
        self._where = f"OPA at {remote.url}"
        self._address, self._bundle, self._parallel = remote.url, bundle, parallel
        self._versions: set[str] = set()
        self._exchange: SocketExchange | ClientExchange
        if parts.scheme == "unix":
            self._exchange = SocketExchange(parts.path, remote.token, timeout=timeout, parallel=parallel)
        else:
            certificate = (remote.certificate, remote.key or remote.certificate) if remote.certificate else None
            self._exchange = ClientExchange(
                parts, remote.token, remote.ca_file, certificate, timeout=timeout, parallel=parallel
            )

    def identity(self) -> EngineIdentity:
        """What it says of itself; asks it when it has not said anything yet."""
        if not self._versions:
            self.decide([])
        return EngineIdentity("remote", ", ".join(sorted(self._versions)), "", "asserted", self._address)

    def decide(self, documents: Sequence[Document]) -> list[Answer]:
        """See `Engine.decide`."""
        return decide_in_batches(documents, self._ask, self._parallel)

    def classify(self, documents: Sequence[Document]) -> list[Classified]:
        """See `Engine.classify`."""
        return ask_in_batches(CLASSIFICATIONS, documents, self._ask, self._parallel)

    def close(self) -> None:
        """Close the connections."""
        self._exchange.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, batch: Batch) -> list[Any]:
        payload = retries.again_when_unreachable(lambda: self._exchange.ask(batch, self._where))
        version = answers.version_in(payload)
        if not in_tested_range(version):
            span = f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
            raise EngineError(
                f"{self._where} is of version {version or 'unknown'}, outside the tested range {span}",
                hint="run an OPA of that range there, or leave out --opa",
            )
        self._versions.add(version)
        said = answers.revisions_in(payload)
        if self._bundle.revision not in said.values():
            loaded = (
                ", ".join(f"{name} {revision}" for name, revision in sorted(said.items())) or "no bundle that it names"
            )
            raise EngineError(
                f"{self._where} answered from another revision than {self._bundle.revision}: it has {loaded}",
                hint="serve this bundle to that OPA, or leave out --opa to let a managed one decide",
            )
        return answers.answers_in(payload, batch.documents, self._where, batch.rule)


def _checked(remote: Remote) -> SplitResult:
    try:
        parts = urlsplit(remote.url)
        by_socket = parts.scheme == "unix" and not parts.netloc and bool(parts.path)
        usable = by_socket or (parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0)
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment:
        raise UsageError(
            f"{remote.url!r} is not the URL of an OPA",
            hint="write https://host:8181, http://host:8181 or unix:///path/of/socket",
        )
    if parts.username is not None or parts.password is not None:
        raise UsageError("the URL of OPA holds credentials, which would be recorded", hint="give a token instead")
    if remote.token and parts.scheme == "http":
        raise UsageError(
            f"a token is not sent to {remote.url} unencrypted", hint="use https:// or unix://, or leave out the token"
        )
    if not remote.token.isprintable() or not remote.token.isascii():
        raise UsageError("the token for OPA has characters that no token has", hint="is it the right file?")
    if parts.scheme != "https" and (remote.ca_file or remote.certificate or remote.key):
        raise UsageError(f"{remote.url} has no use for certificates", hint="use https://")
    for path in filter(None, (remote.ca_file, remote.certificate, remote.key)):
        if not Path(path).is_file():
            raise UsageError(f"there is no certificate or key {path}", hint="name a PEM file")
    return parts
