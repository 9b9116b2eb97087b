"""Replay: the recorded document decided again by the recorded bundle, compared byte for byte."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from policyctl.bundle_access import read
from policyctl.bundles.parts import whole
from policyctl.deciding import control_of_file
from policyctl.documents.building import canonical
from policyctl.documents.cutting import Cut, cut
from policyctl.engines.isolation import decide_isolated
from policyctl.engines.open import open_engine
from policyctl.ledger.interface import Ledger
from policyctl.model.errors import LedgerError, UsageError
from policyctl.progress import say
from policyctl.recording import INGESTED, KIND


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it. `recorded` and `again` are the canonical bytes of both answers."""

    id: str
    subject: str
    revision: str
    recorded: bytes
    again: bytes
    recorded_opa: str
    replayed_opa: str

    @property
    def same(self) -> bool:
        """Whether the answers are equal to the byte."""
        return self.recorded == self.again


def replay(ledger: Ledger, name: str, key: str = "") -> Replay:
    """Decides an entry's document again. `key` must have signed its bundle, whatever number that one bears.

    Raises UsageError for an entry that is no decision of ours, LedgerError (exit code 4) where its document or bundle is missing or erased,
    UntrustedBundle where the bundle is not the key's.
    """
    entry = ledger.get(name)
    if entry.kind == INGESTED:
        raise UsageError(
            f"entry {entry.id} is what an OPA of others says that it decided: it cannot be replayed",
            hint="its event: policyctl ledger show ID --document",
        )
    if entry.kind != KIND:
        raise UsageError(f"entry {entry.id} is a {entry.kind}, not a decision", hint="see policyctl ledger list")
    body: dict[str, Any] = json.loads(ledger.body(entry.id))
    document = json.loads(ledger.blob(body["blobs"]["document"]))
    bundle, _ = read(ledger.blob(body["blobs"]["bundle"]), key)
    if bundle.identity.revision != body["bundle"]["revision"]:
        raise LedgerError(
            f"entry {entry.id} names revision {body['bundle']['revision'][:12]}, its bundle is {bundle.identity.revision[:12]}",
            hint="policyctl ledger verify says what was changed",
        )
    # The path is a name here: OPA is given what was read and verified.
    with open_engine(Path(body["blobs"]["bundle"]), bundle.identity, say, part=partial(whole, bundle)) as engine:
        sent = cut(document, Cut.of(bundle.catalog, document["kind"]))
        decided = decide_isolated(engine, [sent], control_of_file(bundle.catalog))
        opa = engine.identity()
    return Replay(
        id=entry.id,
        subject=body["subject"]["id"],
        revision=bundle.identity.revision,
        recorded=canonical(body["answer"]),
        again=canonical(decided[0].answer),
        recorded_opa=f"{body['engine']['version']} ({body['engine']['trust']})",
        replayed_opa=f"{opa.version} ({opa.trust})",
    )
