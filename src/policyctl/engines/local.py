"""Asking an OPA on this machine that runs the bundle which policyctl gave it. What `managed`, `shared` and `container`
have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from policyctl.engines import answers, retries
from policyctl.engines.batches import Batch
from policyctl.engines.interface import QUERY, Rule
from policyctl.engines.process import AUTHZ, BUNDLE
from policyctl.engines.wire import Wire
from policyctl.model.errors import EngineError


def path_of(rule: Rule) -> str:
    """The path, with its query, at which OPA answers a question."""
    return f"/v1/data/{rule.package}/{rule.name}?" + "&".join(f"{name}=true" for name in QUERY)


class Question:
    """Asks one OPA and believes only the one that was started with this revision and nonce. For several threads."""

    def __init__(self, wire: Wire, revision: str, nonce: str, still_there: Callable[[], None]) -> None:
        self._wire = wire
        self._revision, self._nonce = revision, nonce
        self._still_there = still_there

    def is_ready(self) -> bool:
        """Whether OPA answers that it is healthy. Raises Unreachable as long as it does not listen."""
        status, _ = self._wire.request("GET", "/health")
        return status == 200

    def ask(self, batch: Batch) -> list[Any]:
        """One answer a document, in order. Raises EvaluationError or EngineError."""
        where = f"OPA at {self._wire.address}"
        status, body = retries.again_when_unreachable(
            lambda: self._wire.request("POST", path_of(batch.rule), batch.body), self._still_there
        )
        payload = answers.read(status, body, where)
        require_origin(payload, self._revision, self._nonce, where)
        return answers.answers_in(payload, batch.documents, where, batch.rule)


def require_origin(
    payload: Mapping[str, Any],
    revision: str,
    nonce: str,
    where: str,
    hint: str = "`policyctl engine stop` ends a shared OPA; then run the command again",
) -> None:
    """Raises EngineError unless the OPA that was started with this nonce answered, from this revision and nothing more."""
    said = answers.revisions_in(payload)
    if said.get(AUTHZ) != nonce:
        raise EngineError(f"{where} is not the one that policyctl started", hint=f"{hint}; who else listens there?")
    if said != {BUNDLE: revision, AUTHZ: nonce}:
        raise EngineError(
            f"{where} answered from bundle revision {said.get(BUNDLE, 'unknown')}, not {revision}", hint=hint
        )
