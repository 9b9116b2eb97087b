"""Decide: which OPA is asked, what it is sent, and what it answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policyctl.background import in_background
from policyctl.documents.cutting import Cut, cut
from policyctl.engines.interface import Engine
from policyctl.model.catalog import Catalog, Profile
from policyctl.model.decision import Answer
from policyctl.model.document import Collected, InputDocument, Kind
from policyctl.model.errors import EngineError
from policyctl.model.report import Decided

AT_ONCE = 400
"""Documents that are asked about together, as four requests: fewer leave OPA idle at the end of each, more leave Python idle."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A subject, its document as it was asked, OPA's answer, and the time that took (seconds, a batch's mean)."""

    subject: Collected
    document: InputDocument
    answer: Answer
    seconds: float


def require_trust(engine: Engine, profile: Profile) -> None:
    """Raises EngineError where the profile wants an OPA whose binary we know, and another one would decide."""
    if not profile["require_verified_engine"] or (identity := engine.identity()).trust == "verified":
        return
    if identity.kind == "container":
        raise EngineError(
            f"profile {profile['id']} takes no answer from an OPA whose image was not named by its digest",
            hint=f"if that image is the right one, name it so: --opa {identity.address}",
        )
    raise EngineError(
        f"profile {profile['id']} takes no answer from an OPA that policyctl did not start itself",
        hint="leave out --opa (POLICYCTL_OPA_SERVER), or choose another profile",
    )


def trust_notes(decided: Sequence[Decided]) -> tuple[str, ...]:
    """A sentence for each OPA whose word was taken without knowing its binary."""
    asserted = {
        body["engine"]["address"] for body in (d.body for d in decided) if body["engine"]["trust"] != "verified"
    }
    return tuple(f"decided by OPA at {address}: its word is asserted, not verified" for address in sorted(asserted))


def decide(engine: Engine, catalog: Catalog, documents: Sequence[tuple[Collected, InputDocument]]) -> Iterator[Asked]:
    """OPA's answer about each document, in order, while the next ones are asked about.

    A document is returned as it was asked: with the gaps of failed evaluations. Raises EngineError where one cannot be decided;
    what came before it is then no verdict either.
    """
    cuts = {kind: Cut.of(catalog, kind) for kind in {document["kind"] for _, document in documents}}
    groups = (documents[first : first + AT_ONCE] for first in range(0, len(documents), AT_ONCE))
    for group in in_background(_decided(engine, catalog, group, cuts) for group in groups):
        yield from group


def _decided(
    engine: Engine, catalog: Catalog, documents: Sequence[tuple[Collected, InputDocument]], cuts: Mapping[Kind, Cut]
) -> tuple[Asked, ...]:
    from policyctl.engines.isolation import decide_isolated

    started = time.monotonic()
    sent = [cut(document, cuts[document["kind"]]) for _, document in documents]
    answered = decide_isolated(engine, sent, control_of_file(catalog))
    seconds = (time.monotonic() - started) / len(documents)
    return tuple(
        Asked(subject, {**document, "gaps": one.document["gaps"]}, one.answer, seconds)
        for (subject, document), one in zip(documents, answered, strict=True)
    )


def control_of_file(catalog: Catalog) -> Callable[[str], str | None]:
    """From a Rego file's path in the bundle to its control's id; None for main, law and lib."""
    by_folder = {(control["family"], control["name"]): id for id, control in catalog["controls"].items()}

    def control_of(file: str) -> str | None:
        folders = file.split("/")
        if "controls" not in folders:
            return None
        family, name, *_ = [*folders[folders.index("controls") + 1 :], "", ""]
        return by_folder.get((family, name))

    return control_of
