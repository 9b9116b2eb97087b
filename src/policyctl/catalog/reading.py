"""Reads content folders into a catalog: an organisation's folder beside ours, neither editing the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policyctl.catalog.classification import read_classification
from policyctl.catalog.fact_types import fact_types
from policyctl.catalog.files import ControlFile, EdgeFile, MappingFile, ProfileFile, read_file
from policyctl.catalog.frameworks import read_framework
from policyctl.catalog.profiles import resolve
from policyctl.model.catalog import Catalog, Clause, Control, Edge, Framework
from policyctl.model.document import KINDS
from policyctl.model.errors import ContentError


def read_catalog(
    name: str, roots: Sequence[Path], reads: dict[str, list[list[str]]], needs: dict[str, list[str]]
) -> Catalog:
    """The catalog of all roots together. `reads` and `needs` are by "family/name"; a control without Rego has none.

    Raises ContentError for a file that is not in its shape, an id given twice, and an edge to an unknown control or clause.
    """
    controls = read_controls(roots)
    frameworks, clauses, transition = read_frameworks(roots)
    edges = _edges(roots, controls, clauses)
    profiles = read_profiles(roots)
    its_reads = {
        id: _reads(id, reads.get(f"{c['family']}/{c['name']}", []), edges) for id, c in sorted(controls.items())
    }
    named = {f: {e["clause"] for listed in by_control.values() for e in listed} for f, by_control in edges.items()}
    return {
        "name": name,
        "controls": controls,
        "index": {
            kind: {
                id: {"family": c["family"], "name": c["name"], "parameters": sorted(c["parameters"])}
                for id, c in sorted(controls.items())
                if kind in c["kinds"]
            }
            for kind in KINDS
        },
        "reads": its_reads,
        "rules": {id: needs.get(f"{c['family']}/{c['name']}", []) for id, c in sorted(controls.items())},
        "facts": fact_types(
            {kind: [p for id, c in controls.items() if kind in c["kinds"] for p in its_reads[id]] for kind in KINDS}
        ),
        "frameworks": {f: frameworks[f] for f in edges},
        "clauses": {f: {id: clauses[f][id] for id in sorted(ids)} for f, ids in named.items()},
        "edges": edges,
        "transition": transition,
        "classification": read_classification(roots[0], clauses, needs.get("classification", [])),
        "profiles": {id: resolve(profile, profiles, controls, edges) for id, profile in sorted(profiles.items())},
        "profile_files": {id: profile.model_dump(exclude_unset=True) for id, profile in sorted(profiles.items())},
    }


def read_controls(roots: Sequence[Path]) -> dict[str, Control]:
    """Every control entry by id."""
    controls: dict[str, Control] = {}
    for root in roots:
        for path in sorted((root / "controls_catalog").glob("*/*.yaml")):
            if path.parent.name == "profiles":
                continue
            entry = read_file(path, ControlFile)
            if entry.id in controls:
                raise ContentError(
                    f"{path}: {entry.id} is also {controls[entry.id]['family']}/{controls[entry.id]['name']}"
                )
            controls[entry.id] = _control(entry, path)
    if not controls:
        raise ContentError(
            f"no controls under {', '.join(map(str, roots))}", hint="a content folder has controls_catalog/"
        )
    return controls


def _control(entry: ControlFile, path: Path) -> Control:
    control: Control = {
        "id": entry.id,
        "family": path.parent.name,
        "name": path.stem,
        "title": entry.title,
        "objective": entry.objective,
        "rationale": entry.rationale,
        "severity": entry.severity,
        "kinds": entry.kinds,
        "parameters": {
            name: {"type": p.type, "description": p.description, "default": p.default}
            for name, p in entry.parameters.items()
        },
        "remediation": entry.remediation,
        "evidence": entry.evidence,
    }
    if entry.statement is not None:
        control["statement"] = entry.statement
    return control


def read_profiles(roots: Sequence[Path]) -> dict[str, ProfileFile]:
    """Every profile file by id."""
    profiles: dict[str, ProfileFile] = {}
    for root in roots:
        for path in sorted((root / "controls_catalog" / "profiles").glob("*.yaml")):
            profile = read_file(path, ProfileFile)
            if profile.id != path.stem or profile.id in profiles:
                raise ContentError(f"{path}: the id {profile.id} must be the file's name, and given once")
            profiles[profile.id] = profile
    return profiles


def _edge(clause: str, file: EdgeFile) -> Edge:
    edge: Edge = {"clause": clause, "covers": file.covers, "because": file.because}
    if file.only:
        edge["only"] = file.only
    if file.shows_class:
        edge["shows_class"] = True
    return edge


def _reads(id: str, read: list[list[str]], edges: dict[str, dict[str, list[Edge]]]) -> list[list[str]]:
    """What a control reads, and what its edges ask about the document."""
    asked = {fact for by_control in edges.values() for edge in by_control.get(id, []) for fact in edge.get("only", {})}
    return [*read, *(["facts", fact] for fact in sorted(asked) if ["facts", fact] not in read)]


def read_frameworks(
    roots: Sequence[Path],
) -> tuple[dict[str, Framework], dict[str, dict[str, Clause]], dict[str, str]]:
    """Every framework and its clauses, by their ids, and the transition dates. Raises ContentError for a file that is not understood."""
    frameworks: dict[str, Framework] = {}
    clauses: dict[str, dict[str, Clause]] = {}
    transition: dict[str, str] = {}
    for root in roots:
        for path in sorted((root / "mappings" / "frameworks").glob("*.yaml")):
            framework, its_clauses, its_transition = read_framework(path)
            frameworks[framework["id"]] = framework
            clauses[framework["id"]] = its_clauses
            transition |= its_transition
    return frameworks, clauses, transition


def _edges(
    roots: Sequence[Path], controls: dict[str, Control], clauses: dict[str, dict[str, Clause]]
) -> dict[str, dict[str, list[Edge]]]:
    edges: dict[str, dict[str, list[Edge]]] = {}
    for root in roots:
        for path in sorted((root / "mappings").glob("*.yaml")):
            mapping = read_file(path, MappingFile)
            known = clauses.get(mapping.framework)
            if known is None:
                raise ContentError(
                    f"{path}: no framework {mapping.framework}", hint=f"one of {', '.join(sorted(clauses))}"
                )
            for clause in (*mapping.clauses, *mapping.out_of_scope):
                if clause not in known:
                    raise ContentError(f"{path}: {mapping.framework} has no clause {clause!r}")
            for clause, listed in mapping.clauses.items():
                for edge in listed:
                    if edge.control not in controls:
                        raise ContentError(f"{path}: {clause}: no control {edge.control}")
                    by_control = edges.setdefault(mapping.framework, {})
                    by_control.setdefault(edge.control, []).append(_edge(clause, edge))
    return edges
