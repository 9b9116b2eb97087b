"""Whether what was masked would have changed a verdict of policies that are not ours.

Our own controls are written for masked documents. A policy written for Conftest is not: it may look for a password, or compare one.
So the engine is asked twice, with the value and without; where the answers differ, the control says that it cannot tell. Only the
masked document and its answer are recorded, so that the record holds no secret and gives the same bytes when it is replayed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policyctl.deciding import control_of_file
from policyctl.documents.cutting import Cut, cut
from policyctl.engines.interface import Engine
from policyctl.model.catalog import Catalog
from policyctl.model.decision import Answer, status_of
from policyctl.model.document import Collected, Gap, InputDocument

CODE = "masked"
_REASON = "what it says depends on a value that looks like a secret, which is not recorded"

Documents = Sequence[tuple[Collected, InputDocument]]


def with_gaps(engine: Engine, catalog: Catalog, documents: Documents) -> list[tuple[Collected, InputDocument]]:
    """The documents, each with a gap for every control whose answer a masked value decides. Only configurations are looked at.

    Raises EngineError where a document cannot be decided.
    """
    from policyctl.engines.isolation import decide_isolated

    asked = [pair for pair in documents if pair[1]["kind"] == "configuration" and pair[1]["masked"]]
    if not asked:
        return list(documents)
    control_of = control_of_file(catalog)
    read = Cut.of(catalog, "configuration")
    masked = decide_isolated(engine, [cut(document, read) for _, document in asked], control_of)
    whole = decide_isolated(engine, [cut(_whole(*pair), read) for pair in asked], control_of)
    told = {
        document["subject"]["id"]: (list(_gaps(one.answer, other.answer)), list(_notes(one.answer, other.answer)))
        for (_, document), one, other in zip(asked, masked, whole, strict=True)
    }
    return [_with(subject, document, *told.get(document["subject"]["id"], ([], []))) for subject, document in documents]


def _with(
    subject: Collected, document: InputDocument, gaps: Sequence[Gap], notes: Sequence[str]
) -> tuple[Collected, InputDocument]:
    return (
        replace(subject, notes=(*subject.notes, *notes)) if notes else subject,
        {**document, "gaps": [*document["gaps"], *gaps]} if gaps else document,
    )


def _whole(subject: Collected, document: InputDocument) -> InputDocument:
    return {**document, "facts": subject.facts}


def _gaps(masked: Answer, whole: Answer) -> Iterator[Gap]:
    for id in masked["expected"]:
        if status_of(masked, id) != status_of(whole, id):
            yield Gap(code=CODE, reason=_REASON, control=id)


def _notes(masked: Answer, whole: Answer) -> Iterator[str]:
    """A sentence for each control that fails either way, but does not find as much without the value."""
    for id in masked["expected"]:
        found, before = len(masked["findings"].get(id, [])), len(whole["findings"].get(id, []))
        if found != before and status_of(masked, id) == status_of(whole, id):
            yield f"{id}: finds {before}, of which {found} are told: the others depend on values that are masked"
