"""One control alone: what OPA is sent about it, what it says, and which facts can matter to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path as File
from typing import Any

from policyctl import deciding
from policyctl.documents.cutting import Cut, cut
from policyctl.engines.interface import PARALLEL, Engine
from policyctl.engines.isolation import decide_isolated
from policyctl.model.catalog import Catalog
from policyctl.model.decision import Answer
from policyctl.model.document import InputDocument, Path

GROUP = 25
_IMPORT = re.compile(r"^import data\.policyctl\.(lib|classification)\.(\w+)", re.MULTILINE)
_NOTHING: Mapping[str, Any] = {"object": {}, "array": [], "string": "", "boolean": False, "number": 0}


def ask(engine: Engine, catalog: Catalog, documents: Sequence[Mapping[str, Any]]) -> list[Answer]:
    """OPA's answers, evaluation errors isolated to the document and control that they are about.

    In small groups: broken documents often make a built-in fail, and each failure has its group asked again by halves.
    """
    groups = [documents[first : first + GROUP] for first in range(0, len(documents), GROUP)]
    control_of_file = deciding.control_of_file(catalog)
    with ThreadPoolExecutor(PARALLEL) as threads:
        decided = threads.map(lambda group: decide_isolated(engine, group, control_of_file), groups)
        return [one.answer for group in decided for one in group]


def cut_for(catalog: Catalog, control: str, document: InputDocument) -> dict[str, Any]:
    """What OPA is sent of the document if one control is asked about and no other. The facts that others read are empty."""
    alone: Catalog = {**catalog, "controls": {control: catalog["controls"][control]}}
    sent = cut(document, Cut.of(alone, document["kind"]))
    others = {name: _NOTHING[type] for name, type in catalog["facts"][document["kind"]].items()}
    sent["facts"] = {**others, **sent["facts"]}
    attested = _attested_for(catalog["reads"][control], document["attested"])
    return {**sent, "attested": attested, "profile": {**document["profile"], "enforcement": {control: "deny"}}}


def _attested_for(reads: Sequence[Sequence[str]], attested: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of what is attested, the part that a control reads: its own attestation, all, or none."""
    own = [path[1:] for path in reads if path[0] == "attested"]
    if [] in own:
        return attested
    return {family: {name: attested[family][name]} for family, name in own if name in attested.get(family, {})}


def named_facts(catalog: Catalog, control: str, roots: Sequence[File]) -> Callable[[Path], bool]:
    """Whether a path of the facts is one that the control's rules name. Types and addresses that are keys are no names; the steps of
    a `path` say only where.
    """
    entry = catalog["controls"][control]
    known = _words(entry["family"], entry["name"], tuple(roots))
    read = {path[1] for path in catalog["reads"][control] if path[0] == "facts" and len(path) > 1}

    def named(path: Path) -> bool:
        keys = path[2:] if path[0] in ("resources", "referenced_by") else path
        return (
            path[0] in read
            and "path" not in path[:-1]
            and all(isinstance(key, int) or not known.isdisjoint(key.split(".")) for key in keys)
        )

    return named


@cache
def _words(family: str, name: str, roots: tuple[File, ...]) -> frozenset[str]:
    """Every word in the rules that decide about a control: a fact whose name is not among them cannot matter to it."""
    waiting = [f"controls/{family}/{name}/{name}.rego"]
    seen: set[str] = set()
    found: set[str] = set()
    while waiting:
        inside = waiting.pop()
        if inside in seen:
            continue
        seen.add(inside)
        files = (root / "rego" / "policyctl" / inside for root in roots)
        text = next(file.read_text() for file in files if file.is_file())
        found.update(re.findall(r"\w+", text))
        waiting += [f"{folder}/{module}.rego" for folder, module in _IMPORT.findall(text)]
    return frozenset(found)
