"""The parts of a version's history, and which facts each of them stands for. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from policyctl.model.document import Collected, Path

Stage = Literal[
    "system", "version", "artefact", "card", "run", "code", "dataset", "evaluation", "approval", "deployment"
]


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `name` tells it from others of its stage, empty where it is missing; `facts` are the paths, below `facts`, of what it
    stands for; `parts` are those that it names.
    """

    stage: Stage
    name: str
    about: str = ""
    facts: tuple[Path, ...] = ()
    parts: tuple[Part, ...] = ()


def graph(version: Collected, system: str, deployed: Sequence[Collected]) -> Part:
    """The graph of one version: system -> version -> files, card, run (-> code, datasets), evaluations (-> dataset), approvals,
    deployments. `deployed` are the objects of the same run that name models.
    """
    facts = version.facts
    parts = (
        _artefact(facts),
        _card(facts),
        _run(facts),
        *_evaluations(facts),
        *_approvals(facts),
        *_deployments(facts, deployed),
    )
    about = ", ".join([*([facts["status"]] if "status" in facts else []), *facts["aliases"]])
    whole = Part("version", version.subject["id"], about, ((),), parts)
    return Part("system", system, "", (("release", "system"),), (whole,))


def _artefact(facts: Mapping[str, Any]) -> Part:
    artefact = facts.get("artefact", {})
    files = artefact.get("files", [])
    return Part("artefact", artefact.get("sha256", ""), many(len(files), "file") if files else "", (("artefact",),))


def _card(facts: Mapping[str, Any]) -> Part:
    card = facts.get("card", {})
    return Part("card", card.get("path", ""), card.get("sha256", "")[:12], (("card",), ("signature",)))


def _run(facts: Mapping[str, Any]) -> Part:
    run, code = facts.get("run", {}), facts.get("code", {})
    revision = Part("code", code.get("revision", ""), code.get("repository", ""), (("code",),))
    used = facts.get("datasets", [])
    datasets = [
        _dataset(facts, one["name"], one.get("digest", ""), one.get("context", ""), ("datasets", i))
        for i, one in enumerate(used)
    ]
    about = " ".join(filter(None, (run.get("status", ""), run.get("ended", run.get("started", ""))[:10])))
    missing = [] if datasets else [Part("dataset", "", "", (("datasets",),))]
    return Part("run", run.get("id", ""), about, (("run",),), (revision, *datasets, *missing))


def _dataset(facts: Mapping[str, Any], name: str, digest: str, about: str, *paths: Path) -> Part:
    """A dataset, with what the release record states of it, and how it lies now."""
    record = facts.get("release", {})
    stated: list[Path] = [
        ("release", "datasets", i) for i, one in enumerate(record.get("datasets", [])) if one["name"] == name
    ]
    stated += [("release", "reviews", i) for i, one in enumerate(record.get("reviews", [])) if one["dataset"] == name]
    stated += [("data_files", i) for i, one in enumerate(facts.get("data_files", [])) if one["name"] == name]
    return Part("dataset", " ".join(filter(None, (name, digest))), about, (*paths, *stated))


def _evaluations(facts: Mapping[str, Any]) -> Iterator[Part]:
    """One part for each run, file and dataset that results name, since these are one evaluation."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for index, result in enumerate(facts["evaluations"]):
        keys = ("run", "dataset", "dataset_digest", "tool", "file")
        groups.setdefault(tuple(result.get(key, "") for key in keys), []).append(index)
    for (run, dataset, digest, tool, _), indexes in groups.items():
        results = [facts["evaluations"][index] for index in indexes]
        day = max(result.get("at", "")[:10] for result in results)
        paths = tuple(("evaluations", index) for index in indexes)
        of = (_dataset(facts, dataset, digest, "evaluation", *paths),) if dataset else (Part("dataset", "", "", paths),)
        yield Part("evaluation", run or tool, f"{many(len(results), 'result')} {day}".strip(), paths, of)
    if not groups:
        yield Part("evaluation", "", "", (("evaluations",),))


def _approvals(facts: Mapping[str, Any]) -> Iterator[Part]:
    approvals = facts.get("release", {}).get("approvals", [])
    for index, approval in enumerate(approvals):
        path = ("release", "approvals", index)
        yield Part(
            "approval", f"{approval['name']} ({approval['role']})", f"{approval['decision']} {approval['day']}", (path,)
        )
    if not approvals:
        yield Part("approval", "", "", (("release", "approvals"),))


def _deployments(facts: Mapping[str, Any], deployed: Sequence[Collected]) -> Iterator[Part]:
    """The objects that take exactly this version, or these files."""
    names = {facts["id"], f"models:/{facts.get('name', '')}/{facts.get('version', '')}"}
    names |= {facts["artefact"]["location"]} if facts.get("artefact", {}).get("location") else set()
    digest = facts.get("artefact", {}).get("sha256", "-")
    for one in deployed:
        sources = one.facts.get("models", [])
        if any(
            source["uri"] in names or digest in source["uri"] or source.get("revision") == digest for source in sources
        ):
            yield Part("deployment", one.subject["id"])


def many(count: int, what: str) -> str:
    """ "1 result", "2 results"."""
    return f"{count} {what}{'' if count == 1 else 's'}"
