"""An OPA of our own in a container, for machines that run nothing but containers. Costs 0.4 s to import and start, so only
import it when asked to.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from policyctl.engines import answers, retries
from policyctl.engines.archive import read_archive
from policyctl.engines.batches import Batch, ask_in_batches, decide_in_batches
from policyctl.engines.binary import in_tested_range
from policyctl.engines.container_host import connect, translated
from policyctl.engines.container_image import look_up
from policyctl.engines.container_owner import remove, sweep
from policyctl.engines.container_start import create, port_of, start
from policyctl.engines.interface import CLASSIFICATIONS, NEWEST, OLDEST, PARALLEL, Document, Unreachable
from policyctl.engines.local import require_origin
from policyctl.engines.process import files, last_words
from policyctl.engines.remote_exchange import ClientExchange
from policyctl.model.classification import Classified
from policyctl.model.decision import Answer, BundleIdentity, EngineIdentity
from policyctl.model.errors import EngineError

_POLL = 0.02
_HINT = "run the command again; `docker ps` or `podman ps` shows what runs"


class ContainerEngine:
    """Starts a container when made; the first question waits until its OPA is ready. Closing removes the container."""

    def __init__(
        self,
        reference: str,
        archive: Path,
        bundle: BundleIdentity,
        *,
        part: Callable[[], bytes] | None = None,
        timeout: float = 30,
        startup_timeout: float = 30,
        parallel: int = PARALLEL,
    ) -> None:
        """`reference` names an image whose entrypoint is OPA; `part` makes what OPA is given in the archive's place.
        `timeout` (seconds) is for one request.

        Raises EngineError when the bundle is not the one that was named, or the container cannot be started.
        """
        self._bundle, self._timeout, self._parallel = bundle, timeout, parallel
        self._startup_timeout = startup_timeout
        self._nonce, token = os.urandom(16).hex(), os.urandom(32).hex()
        content = part() if part else read_archive(archive, bundle)
        self._lock = threading.Lock()
        self._ready = self._closed = False
        self._versions: set[str] = set()
        self._client = connect(os.environ)
        try:
            self._image = look_up(self._client, reference)
            sweep(self._client)
            self._container = create(self._client, self._image)
        except BaseException:
            self._client.close()
            raise
        try:
            start(self._container, files(content, self._nonce, token))
            self._deadline = time.monotonic() + startup_timeout
            url = f"http://127.0.0.1:{self._port()}"
            self._exchange = ClientExchange(
                urlsplit(url), token, "", None, timeout=timeout, parallel=parallel, proxied=False
            )
        except BaseException:
            remove(self._container)
            self._client.close()
            raise
        self._where = f"OPA in the container {self._container.short_id} ({url})"

    def identity(self) -> EngineIdentity:
        """The image by its digest: verified where the digest was named, else asserted. Asks OPA its version if need be."""
        if not self._versions:
            self.decide([])
        return EngineIdentity(
            "container",
            ", ".join(sorted(self._versions)),
            self._image.digest.removeprefix("sha256:"),
            "verified" if self._image.pinned else "asserted",
            f"container:{self._image.name}",
        )

    def decide(self, documents: Sequence[Document]) -> list[Answer]:
        """See `Engine.decide`."""
        self._wait_once()
        return decide_in_batches(documents, self._ask, self._parallel)

    def classify(self, documents: Sequence[Document]) -> list[Classified]:
        """See `Engine.classify`."""
        self._wait_once()
        return ask_in_batches(CLASSIFICATIONS, documents, self._ask, self._parallel)

    def close(self) -> None:
        """End OPA and remove its container."""
        if self._closed:
            return
        self._closed = True
        self._exchange.close()
        remove(self._container)
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, batch: Batch) -> list[Any]:
        try:
            payload = retries.again_when_unreachable(
                lambda: self._exchange.ask(batch, self._where), self._locked_still_there
            )
        except Unreachable:
            self._locked_still_there()
            raise
        require_origin(payload, self._bundle.revision, self._nonce, self._where, _HINT)
        self._versions.add(self._tested(answers.version_in(payload)))
        return answers.answers_in(payload, batch.documents, self._where, batch.rule)

    def _tested(self, version: str) -> str:
        if in_tested_range(version):
            return version
        raise EngineError(
            f"the image {self._image.name} holds OPA {version or 'of an unknown version'}, which was not tested",
            hint=f"name an image with OPA {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}",
        )

    def _wait_once(self) -> None:
        with self._lock:
            self._still_there()
            if not self._ready:
                self._wait()
                self._ready = True

    def _wait(self) -> None:
        """Until OPA answers an empty question. An answer that is none ends the wait: it will not become better."""
        nothing = Batch(0, (), b"")
        while True:
            try:
                require_origin(
                    self._exchange.ask(nothing, self._where), self._bundle.revision, self._nonce, self._where, _HINT
                )
                return
            except Unreachable as error:
                self._still_there()
                if time.monotonic() > self._deadline:
                    raise EngineError(
                        f"{self._where} was not ready within {self._startup_timeout:g} s{_quoted(self._log())}",
                        hint="is this machine very busy, or is the container engine's loopback another machine's?",
                    ) from error
                time.sleep(_POLL)

    def _port(self) -> int:
        """The port that was published. Raises EngineError when the container has ended, or publishes none."""
        self._still_there()
        return port_of(self._container.attrs)

    def _locked_still_there(self) -> None:
        with self._lock:
            self._still_there()

    def _still_there(self) -> None:
        if self._closed:
            raise EngineError("the engine is closed", hint="this is a defect of policyctl: report it")
        with translated("asking the container engine about OPA's container", hint=_HINT):
            self._container.reload()
        state: Mapping[str, Any] = self._container.attrs["State"]
        if state["Status"] in ("exited", "dead", "removing", "stopped"):
            memory = " for lack of memory" if state.get("OOMKilled") else ""
            raise EngineError(
                f"OPA in the container of {self._image.name} ended with exit code {state.get('ExitCode')}{memory}"
                f"{_quoted(self._log())}",
                hint="137 that nobody caused comes from a lack of memory; is OPA the entrypoint of that image? "
                "See what it says of the bundle",
            )

    def _log(self) -> str:
        with translated("reading the log of OPA's container"):
            return last_words(self._container.logs(tail=30).decode(errors="replace"))


def _quoted(text: str) -> str:
    return f": {text}" if text else ""
