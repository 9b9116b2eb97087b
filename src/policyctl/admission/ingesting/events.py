"""One event of a decision log as an entry of the ledger: masked again, and never more than the event shows.

Source: OPA's documentation, "Decision Logs", "Decision Log Service API" and "Decision Event Fields".
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from policyctl import __version__
from policyctl.admission.ingesting.objections import Ours, objection_to, revisions_of
from policyctl.admission.review import Request
from policyctl.admission.subjects import KIND, path_of
from policyctl.admission.subjects import id_of as id_of_object
from policyctl.collectors.kubernetes.masking import mask
from policyctl.documents.building import canonical, digest
from policyctl.documents.masking import masked_values
from policyctl.ledger.entry import NewEntry
from policyctl.model.errors import InputError
from policyctl.model.printable import printable
from policyctl.model.secrets import conceal
from policyctl.recording import INGESTED

UNKNOWN = "unknown"
"""The outcome of an event that shows none: whatever was done then, this ledger cannot tell."""

_ANSWER = ("expected", "evaluated", "resources", "findings", "undetermined")
_KEPT = ("labels", "bundles", "path", "requested_by", "timestamp", "trace_id", "erased", "masked")
"""What is kept of an event beside its input and result. Headers, queries and what OPA could not mask are not."""

_LONGEST = 256
"""Characters of a decision's id, and of any other text of somebody else's in a body."""


class Malformed(InputError):
    """Not an event: there is nothing by which it could be recorded."""


def entry_of(event: Any, ours: Ours) -> NewEntry:
    """The entry that this event becomes. Its id follows from the event's, so that a ledger holds it once.

    An event of another bundle or rule, of an error, or that contradicts itself is an entry with the outcome "unknown" and the reason;
    its input and result are left out. Raises Malformed for what has no decision id, InputError for what cannot be read.
    """
    if isinstance(event, InputError):
        raise event
    if not isinstance(event, Mapping):
        raise Malformed("an event is no JSON object", hint="send what OPA sends to a decision log service")
    id = event.get("decision_id")
    if not isinstance(id, str) or not 0 < len(id) <= _LONGEST:
        raise Malformed("an event has no decision_id", hint="send what OPA sends to a decision log service")
    kept = {key: event[key] for key in _KEPT if key in event}
    objection = objection_to(event, ours)
    if not objection:
        kept |= {"input": _review(event["input"]), "result": event["result"]}
    told, masked = masked_values(kept, "event")
    text = canonical(told)
    body = {
        "v": 1,
        "decision_id": id,
        "outcome": UNKNOWN,
        "replayable": False,
        "reason": objection,
        "subject": {"id": "-"},
        "engine": {"kind": "other", "version": _text(_at(event, "labels").get("version")), "trust": "asserted"},
        "opa": {"labels": {_text(key): _text(value) for key, value in _at(told, "labels").items()}},
        "decided": _text(event.get("timestamp")),
        "error": _text(event.get("error")),
        "masked": masked,
        "policyctl": __version__,
        "blobs": {"event": digest(text)},
        **({} if objection else _decided(told, ours)),
    }
    return NewEntry(INGESTED, canonical(body), {digest(text): text}, id=id_of(id))


def id_of(decision_id: str) -> str:
    """A UUID of version 8 made of a decision's id; its first digit is 0, as that of all ids of entries is.

    Source: RFC 9562, section 5.8.
    """
    digest = hashlib.sha256(b"policyctl.ingested\0" + decision_id.encode()).hexdigest()
    variant = "89ab"[int(digest[15], 16) % 4]
    return f"0{digest[:7]}-{digest[7:11]}-8{digest[11:14]}-{variant}{digest[16:19]}-{digest[19:31]}"


def _review(value: Mapping[str, Any]) -> dict[str, Any]:
    """The review, its objects without credentials. An OPA that masks as the bundle says has sent none."""
    request = dict(value["request"])
    for key in ("object", "oldObject"):
        if isinstance(request.get(key), Mapping):
            request[key] = mask(request[key]).object
        elif key in request:
            request[key] = None
    return {**value, "request": request}


def _decided(event: Mapping[str, Any], ours: Ours) -> dict[str, Any]:
    """What the event shows of a decision by our rules."""
    request = Request.model_validate(event["input"]["request"])
    decision = event["result"]["decision"]
    context = {"admission": request.uid, "operation": request.operation, "resource": request.about}
    if decision.get("answered"):
        context["answered"] = _text(decision["answered"])
    answer = {key: decision[key] for key in _ANSWER if key in decision}
    return {
        "kind": KIND,
        "subject": {"id": id_of_object(request), "path": path_of(request)},
        "outcome": decision["outcome"],
        "simulated": request.dryRun,
        "judged": decision["judged"],
        "reason": _text(decision.get("reason")),
        "profile": {"id": decision["profile"]},
        **({"answer": _without_reserved(answer)} if answer else {}),
        "bundle": {"name": ours.name, "revision": min(revisions_of(event) & set(ours.revisions))},
        "actor": request.userInfo.username or "unknown",
        "context": context,
    }


def _without_reserved(value: Any) -> Any:
    """The value without keys that mean something in a body: there, `blobs` names what the chain covers."""
    if isinstance(value, Mapping):
        return {key: _without_reserved(below) for key, below in value.items() if key != "blobs"}
    return [_without_reserved(below) for below in value] if isinstance(value, list) else value


def _text(value: Any) -> str:
    """A text of somebody else's, short and without secrets; empty for what is none."""
    return printable(conceal("", value), _LONGEST) if isinstance(value, str) else ""


def _at(value: Any, key: str) -> Mapping[str, Any]:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}
