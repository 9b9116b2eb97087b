"""Record: what is kept of a decision, before anyone is told of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from policyctl import __version__, joining
from policyctl.bundles.build import Bundle
from policyctl.context import Context
from policyctl.deciding import Asked
from policyctl.documents.building import canonical, digest
from policyctl.model.decision import EngineIdentity
from policyctl.model.document import InputDocument
from policyctl.model.errors import LedgerError
from policyctl.model.report import Decided, Result
from policyctl.settings import Settings, default_ledger

if TYPE_CHECKING:
    from policyctl.ledger import Entry, Ledger
    from policyctl.ledger.entry import NewEntry

KIND = "decision"
ADMISSION = "admission"
"""Of the entries about requests to a cluster in which there was nothing to judge."""
INGESTED = "ingested"
"""Of the entries about what an OPA that others run says that it decided: policyctl did not derive it, and cannot decide it again."""


def address(settings: Settings) -> str:
    """Where decisions are recorded: the ledger of the settings, else the user's own."""
    return settings.ledger or default_ledger()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A decision that is not recorded yet, and its document in the bytes that are hashed and recorded."""

    decision: Decided
    document: bytes


def prepare(
    asked: Iterable[Asked], bundle: Bundle, identity: Callable[[], EngineIdentity], contexts: Iterable[Context]
) -> tuple[Prepared, ...]:
    """The decisions with their bodies and results, each in its context. `identity` says who decided, once all is decided."""
    joined = joining.Joining(bundle.catalog)
    read = [
        (one, context, canonical(one.document), joined.results(one.answer, one.document["profile"], one.subject.locate))
        for one, context in zip(asked, contexts, strict=False)  # one context may serve them all, without end
    ]
    if not read:
        return ()
    opa = identity()
    return tuple(
        Prepared(_decision(one, body_of(one, text, bundle, opa, context), results), text)
        for one, context, text, results in read
    )


def _decision(one: Asked, body: dict[str, Any], results: tuple[Result, ...]) -> Decided:
    document = one.document
    body["locations"] = joining.locations(results)
    return Decided("", document["kind"], document["subject"]["path"], body, results, one.subject.notes)


def body_of(asked: Asked, text: bytes, bundle: Bundle, opa: EngineIdentity, context: Context) -> dict[str, Any]:
    """The body of a decision's entry. It names its blobs, the full document and the bundle, so that the chain covers them."""
    document = asked.document
    return {
        "v": 1,
        "kind": document["kind"],
        "subject": document["subject"],
        "system": document["system"],
        "profile": {"id": document["profile"]["id"], "digest": document["profile"]["digest"]},
        "as_of": document["as_of"],
        "outcome": asked.answer["outcome"],
        "simulated": document["simulated"],
        "answer": asked.answer,
        "attested": document["attested"],
        "masked": document["masked"],
        "gaps": document["gaps"],
        "sources": document["sources"],
        "destroy_only": document["facts"].get("destroy_only", False),
        "resources": resources_in(document),
        "bundle": {"name": bundle.identity.name, "revision": bundle.identity.revision},
        "engine": {
            "kind": opa.kind,
            "version": opa.version,
            "sha256": opa.sha256,
            "trust": opa.trust,
            "address": opa.address,
        },
        "policyctl": __version__,
        "actor": context.actor,
        "context": dict(context.run),
        "duration_ms": round(asked.seconds * 1000, 3),
        "blobs": {"document": digest(text), "bundle": bundle.identity.sha256},
    }


def resources_in(document: InputDocument) -> int:
    """How many resources the document holds: a plan's instances; an object or a card is one."""
    listed = document["facts"].get("resources")
    return sum(map(len, listed.values())) if isinstance(listed, dict) else 1


def record(prepared: Sequence[Prepared], bundle: Bundle, ledger: str) -> tuple[Decided, ...]:
    """The decisions with their entries' ids. All are appended in one transaction: when this returns, they survive a crash.

    Raises LedgerError; then nothing was recorded and nothing may be reported as decided.
    """
    if not prepared:
        return ()
    from policyctl.ledger import open_ledger

    make_folder(ledger)
    with open_ledger(ledger) as opened:
        appended = opened.append([entry_of(one, bundle) for one in prepared])
    return tuple(replace(one.decision, id=entry.id) for one, entry in zip(prepared, appended, strict=True))


def entry_of(one: Prepared, bundle: Bundle) -> NewEntry:
    """What is appended to the ledger for a decision."""
    from policyctl.ledger.entry import NewEntry

    return NewEntry(KIND, canonical(one.decision.body), _blobs(one, bundle))


def _blobs(one: Prepared, bundle: Bundle) -> dict[str, bytes]:
    named = one.decision.body["blobs"]
    return {named["document"]: one.document, named["bundle"]: bundle.archive}


def told(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    """The body of an entry that has an outcome; empty for an entry of another kind, and where the body was erased."""
    if entry.kind not in (KIND, ADMISSION, INGESTED):
        return {}
    try:
        body: dict[str, Any] = json.loads(ledger.body(entry.id))
    except LedgerError:
        return {"outcome": "-", "subject": {"id": "(erased or unreadable: see policyctl ledger verify)"}}
    return body


def make_folder(ledger: str) -> None:
    """The folder of the user's own ledger is made when it is first needed; one that somebody names must be there."""
    if ledger == default_ledger():
        try:
            os.makedirs(os.path.dirname(ledger), mode=0o700, exist_ok=True)
        except OSError as error:
            raise LedgerError(
                f"ledger {ledger}: its folder cannot be made: {error.strerror}", hint="name another with --ledger"
            ) from error
