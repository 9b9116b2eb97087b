"""What every engine can do, whichever OPA is behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from policyctl.model.decision import Answer, EngineIdentity
from policyctl.model.errors import EngineError

if TYPE_CHECKING:
    from policyctl.model.classification import Classified

Document = Mapping[str, Any]
"""An input document as OPA is sent it: plain JSON values. At least `profile.enforcement` names the controls that are
asked.
"""

PARALLEL = 2
"""Requests at once."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One of the questions that a bundle answers about a list of documents: one answer each, in their order."""

    package: str
    name: str


DECISIONS = Rule("policyctl/main", "decisions")
CLASSIFICATIONS = Rule("policyctl/classification", "classifications")
QUERY = ("strict-builtin-errors", "provenance")
"""What is switched on for every question."""

OLDEST, NEWEST = (1, 4), (1, 22)
"""The tested range of OPA, inclusive, by major and minor version."""


class Unreachable(EngineError):
    """No connection, or one that broke before the answer was complete: the only failure that is asked again."""


class Engine(Protocol):
    """An OPA with one bundle. Safe for use by several threads; a context manager that closes itself."""

    def identity(self) -> EngineIdentity:
        """Which OPA decides, as it is recorded. Raises EngineError when that has to be asked and cannot."""

    def decide(self, documents: Sequence[Document]) -> list[Answer]:
        """One answer a document, in order: complete, from the expected revision, about the controls that were asked.

        Raises EvaluationError when evaluating a document failed, and EngineError for everything else that is not such
        an answer.
        """

    def classify(self, documents: Sequence[Document]) -> list[Classified]:
        """The classification of each document of kind system, in order, from the expected revision. Raises as `decide` does."""

    def close(self) -> None:
        """Let go of the engine; a managed OPA ends. May be called twice."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
