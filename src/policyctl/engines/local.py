"""Asking an OPA on this machine that runs the bundle which policyctl gave it. What `managed` and `shared` have in
common.
"""

from __future__ import annotations

from collections.abc import Callable

from policyctl.engines import answers, retries
from policyctl.engines.batches import Batch
from policyctl.engines.interface import PACKAGE, QUERY, RULE
from policyctl.engines.process import AUTHZ, BUNDLE
from policyctl.engines.wire import Wire
from policyctl.model.decision import Answer
from policyctl.model.errors import EngineError

PATH = f"/v1/data/{PACKAGE}/{RULE}?" + "&".join(f"{name}=true" for name in QUERY)


class Question:
    """Asks one OPA and believes only the one that was started with this revision and nonce. For several threads."""

    def __init__(self, wire: Wire, revision: str, nonce: str, still_there: Callable[[], None]) -> None:
        self._wire = wire
        self._expected = {BUNDLE: revision, AUTHZ: nonce}
        self._still_there = still_there

    def is_ready(self) -> bool:
        """Whether OPA answers that it is healthy. Raises Unreachable as long as it does not listen."""
        status, _ = self._wire.request("GET", "/health")
        return status == 200

    def ask(self, batch: Batch) -> list[Answer]:
        """One answer a document, in order. Raises EvaluationError or EngineError."""
        where = f"OPA at {self._wire.address}"
        status, body = retries.again_when_unreachable(
            lambda: self._wire.request("POST", PATH, batch.body), self._still_there
        )
        payload = answers.read(status, body, where)
        said = answers.revisions_in(payload)
        if said.get(AUTHZ) != self._expected[AUTHZ]:
            raise EngineError(
                f"{where} is not the one that policyctl started",
                hint="run `policyctl engine stop`; who else listens there?",
            )
        if said != self._expected:
            raise EngineError(
                f"{where} answered from bundle revision {said.get(BUNDLE, 'unknown')}, not {self._expected[BUNDLE]}",
                hint="`policyctl engine stop` ends a shared OPA; then run the command again",
            )
        return answers.answers_in(payload, batch.documents, where)
