"""Many documents in one request, few requests at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from policyctl.engines.interface import DECISIONS, PARALLEL, Document, Rule
from policyctl.model.decision import Answer
from policyctl.model.errors import EngineError

MOST_DOCUMENTS = 100
MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive documents, what is asked about them, and the request body that asks it. `first` is the position of the first one."""

    first: int
    documents: tuple[Document, ...]
    body: bytes
    rule: Rule = DECISIONS


def batches(documents: Sequence[Document], rule: Rule = DECISIONS) -> Iterator[Batch]:
    """Cut at 100 documents or about 4 MB; a larger document goes alone. No documents make one empty batch, which
    probes.
    """
    first, size = 0, 0
    encoded: list[bytes] = []
    for position, document in enumerate(documents):
        text = _encode(document)
        if encoded and (len(encoded) == MOST_DOCUMENTS or size + len(text) > MOST_BYTES):
            yield _batch(documents, first, encoded, rule)
            first, size, encoded = position, 0, []
        encoded.append(text)
        size += len(text)
    yield _batch(documents, first, encoded, rule)


def decide_in_batches(
    documents: Sequence[Document], ask: Callable[[Batch], list[Answer]], parallel: int = PARALLEL
) -> list[Answer]:
    """The decision about every document: see `ask_in_batches`."""
    return ask_in_batches(DECISIONS, documents, ask, parallel)


def ask_in_batches(
    rule: Rule, documents: Sequence[Document], ask: Callable[[Batch], list[Any]], parallel: int = PARALLEL
) -> list[Any]:
    """Ask for every batch, up to `parallel` at once, and give the answers in the documents' order.

    `ask` returns one answer a document or raises. After an error no new request begins, and the error of the earliest
    batch is raised. The caller's thread is one of those that ask, so a single batch starts none; the others are
    daemons, so that a request that hangs cannot keep an interrupted command from ending.
    """
    every = batches(documents, rule)
    ahead = list(islice(every, parallel))
    waiting = chain(ahead, every)
    answers: list[Any] = [None] * len(documents)
    errors: dict[int, EngineError] = {}
    lock = threading.Lock()

    def take() -> Batch | None:
        with lock:
            return None if errors else next(waiting, None)

    def work() -> None:
        try:
            while (batch := take()) is not None:
                try:
                    answers[batch.first : batch.first + len(batch.documents)] = ask(batch)
                except EngineError as error:
                    errors[batch.first] = error
        except EngineError as error:
            errors[len(documents)] = error

    threads = [threading.Thread(target=work, daemon=True) for _ in ahead[1:]]
    for thread in threads:
        thread.start()
    work()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[min(errors)]
    complete = [answer for answer in answers if answer is not None]
    if len(complete) != len(documents):
        raise EngineError(
            f"{len(documents) - len(complete)} of {len(documents)} documents were left without an answer",
            hint="run the command again; if it happens again, report it with the output",
        )
    return complete


def _batch(documents: Sequence[Document], first: int, encoded: list[bytes], rule: Rule) -> Batch:
    body = b'{"input":{"documents":[' + b",".join(encoded) + b"]}}"
    return Batch(first, tuple(documents[first : first + len(encoded)]), body, rule)


def _encode(document: Document) -> bytes:
    try:
        return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except (ValueError, TypeError, RecursionError) as error:
        subject = document.get("subject")
        name = subject.get("id") if isinstance(subject, dict) else None
        raise EngineError(
            f"the document of {name or 'an unnamed subject'} cannot be sent to OPA: {error}",
            hint="this is a defect of the collector that read it: report it with the input file",
        ) from error
