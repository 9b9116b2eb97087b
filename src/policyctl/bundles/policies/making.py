"""Makes the bundle of somebody's Conftest policies: their text unchanged, a control for each of their rules, and our `main` to ask it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

from policyctl.bundles.build import Bundle, build
from policyctl.bundles.policies.controls import Made, controls_of, rego
from policyctl.bundles.policies.rules import Parsed, defines_rules, has_exceptions, require_steady, rules_of
from policyctl.model.catalog import Catalog, IndexEntry
from policyctl.model.decision import SEVERITIES
from policyctl.model.document import ResolvedProfile
from policyctl.model.errors import NOT_CHECKED, ContentError, EngineError, PolicyctlError

PROFILE = "conftest"
OURS = ("main", "law", "shapes", "waivers")
"""The packages of our rules that decide whatever the controls are."""

_RESERVED = ("policyctl", "system")
_GIVEN = "conftest"
"""Where policies find what Conftest tells them: data.conftest.file."""

_TEST = "_test.rego"
_LONGEST_WAIVER = 365


class NothingAsked(PolicyctlError):
    """The policies have no rule that would be asked: a check that looks at nothing is none."""

    exit_code = NOT_CHECKED


@dataclass(frozen=True, slots=True)
class Sources:
    """What the bundle is made of. `policies` and `ours` are by path inside it, `shown` is what the user calls each policy.

    `namespaces` are patterns (*, ?, [abc]); empty for all. `data` is the root of the policies' `data`.
    """

    policies: Mapping[str, bytes]
    shown: Mapping[str, str]
    ours: Mapping[str, bytes]
    data: Mapping[str, Any]
    namespaces: tuple[str, ...]
    version: Literal["v0", "v1"]


def make(sources: Sources, opa: str) -> Bundle:
    """The bundle. Raises ContentError for policies that do not compile, NothingAsked where none of their rules is asked."""
    files = _parsed(sources, opa)
    files = [file for file in files if not file.inside.endswith(_TEST) or defines_rules(file.tree)]
    require_steady(files)
    roots = _roots(files, sources.data)
    asked = _asked(files, sources.namespaces)
    rules = rules_of([file for file in files if file.namespace in asked])
    if not rules:
        raise NothingAsked(
            f"no rule deny, violation or warn in namespace {', '.join(asked)}: nothing would be checked",
            hint=f"namespaces with such rules: {_with_rules(files) or 'none'}; choose one with --namespace",
        )
    exceptions = [name for name in sorted({rule.namespace for rule in rules}) if has_exceptions(files, name)]
    made = controls_of(rules, exceptions)
    inside: dict[str, bytes] = {**sources.ours, **{file.inside: sources.policies[file.inside] for file in files}}
    for one in made.values():
        family, name = one.control["family"], one.control["name"]
        inside[f"policyctl/controls/{family}/{name}/{name}.rego"] = rego(one).encode()
    if sources.data:
        inside["data.json"] = json.dumps(sources.data, sort_keys=True, ensure_ascii=False).encode()
    manifest: dict[str, Any] = {"roots": roots}
    if sources.version == "v0":
        manifest["file_rego_versions"] = {"policies/v0/*": 0, "/policies/v0/*": 0}
    try:
        bundle = build(PROFILE, inside, _catalog(made, sorted(inside)), manifest)
    except ValueError as error:  # an archive's names have limits
        raise ContentError(
            f"the policies cannot be packed: {error}", hint="shorten the names of the folders"
        ) from error
    _require_compiling(bundle, sources, opa)
    return bundle


def _parsed(sources: Sources, opa: str) -> list[Parsed]:
    with ThreadPoolExecutor(max_workers=4) as pool:
        trees = list(pool.map(lambda path: _tree(path, sources, opa), sorted(sources.policies)))
    files = [
        Parsed(path, sources.shown[path], tree) for path, tree in zip(sorted(sources.policies), trees, strict=True)
    ]
    for file in files:
        words = [str(term["value"]) for term in file.tree["package"]["path"][1:]]
        if not words or words[0] in _RESERVED or any("." in word or "/" in word for word in words):
            raise ContentError(
                f"{file.shown}: package {'.'.join(words)} is not for policies of one's own",
                hint=f"{' and '.join(_RESERVED)} are used by policyctl and OPA; names hold no dot and no slash",
            )
    return files


def _tree(path: str, sources: Sources, opa: str) -> Any:
    with tempfile.TemporaryDirectory(prefix="policyctl-") as folder:
        file = Path(folder, "policy.rego")
        file.write_bytes(sources.policies[path])
        old = ["--v0-compatible"] if sources.version == "v0" else []
        run = _run([opa, "parse", "--format", "json", "--json-include", "locations,-comments", *old, str(file)])
        if run.returncode:
            raise _not_compiling(run, {str(file): sources.shown[path]}, sources)
        if not run.stdout.strip():
            raise ContentError(f"{sources.shown[path]}: holds no Rego", hint="remove the empty file")
        return json.loads(run.stdout)


def _require_compiling(bundle: Bundle, sources: Sources, opa: str) -> None:
    with tempfile.TemporaryDirectory(prefix="policyctl-") as folder:
        archive = Path(folder, "bundle.tar.gz")
        archive.write_bytes(bundle.archive)
        run = _run([opa, "check", "--format", "json", "--bundle", str(archive)])
        if run.returncode:
            raise _not_compiling(run, sources.shown, sources)


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(
            f"{command[0]} could not read the policies: {error}", hint="see policyctl engine status"
        ) from error


def _not_compiling(run: subprocess.CompletedProcess[str], shown: Mapping[str, str], sources: Sources) -> ContentError:
    try:
        errors = json.loads(run.stdout or run.stderr)["errors"]
        said = [f"{_place(error, shown)}{' '.join(str(error['message']).split())}" for error in errors]
    except (ValueError, KeyError, TypeError):
        said = [" ".join((run.stderr or run.stdout).split())]
    more = f"; and {len(said) - 3} more" if len(said) > 3 else ""
    text = "; ".join(said[:3])
    hint = "conftest verify or opa check shows the same"
    if "keyword is required" in text and sources.version == "v1":
        hint = "this is Rego of before OPA 1.0: say --rego-version v0"
    if "undefined function parse_config" in text:
        hint = "parse_config and the like are functions of Conftest for its tests: OPA has none"
    return ContentError(f"the policies do not compile: {text}{more}", hint=hint)


def _place(error: Mapping[str, Any], shown: Mapping[str, str]) -> str:
    location = error.get("location") or {}
    file = str(location.get("file", ""))
    name = shown.get(file, shown.get(file.lstrip("/"), ""))
    return f"{name}:{location.get('row', 1)}: " if name else ""


def _roots(files: Sequence[Parsed], data: Mapping[str, Any]) -> list[str]:
    if reserved := sorted(set(data) & {*_RESERVED, _GIVEN}):
        raise ContentError(
            f"--data: {', '.join(reserved)} cannot be given as data", hint="policyctl and OPA use these names"
        )
    return sorted({"policyctl", *data, *(file.namespace.partition(".")[0] for file in files)})


def _asked(files: Sequence[Parsed], patterns: Sequence[str]) -> list[str]:
    """The namespaces that are asked, sorted. Raises ContentError for a pattern that fits none: it is misspelt."""
    there = sorted({file.namespace for file in files})
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in there):
            raise ContentError(
                f"the policies have no namespace {pattern}: Conftest would pass everything",
                hint=f"namespaces with rules: {_with_rules(files) or 'none'}; choose one with --namespace, or --all-namespaces",
            )
    return [name for name in there if not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)]


def _with_rules(files: Sequence[Parsed]) -> str:
    return ", ".join(sorted({file.namespace for file in files if defines_rules(file.tree)}))


def _catalog(made: Mapping[str, Made], files: list[str]) -> Catalog:
    ids = sorted(made)
    entries: dict[str, IndexEntry] = {
        id: {"family": made[id].control["family"], "name": made[id].control["name"], "parameters": []} for id in ids
    }
    resolved: ResolvedProfile = {
        "id": PROFILE,
        "digest": "",
        "enforcement": {id: made[id].enforcement for id in ids},
        "undetermined": list(SEVERITIES),
        "parameters": {},
        "waivers": dict.fromkeys(SEVERITIES, _LONGEST_WAIVER),
    }
    resolved["digest"] = hashlib.sha256(json.dumps(resolved, sort_keys=True).encode()).hexdigest()
    return {
        "name": PROFILE,
        "controls": {id: made[id].control for id in ids},
        "index": {"configuration": entries},
        "reads": {id: [["facts", "document"], ["facts", "file"]] for id in ids},
        "rules": dict.fromkeys(ids, files),
        "facts": {"configuration": {"file": "object"}},
        "frameworks": {},
        "clauses": {},
        "edges": {},
        "transition": {},
        "profile_files": {},
        "classification": {"framework": "", "sections": [], "groups": {}, "rules": [], "clauses": {}},
        "profiles": {
            PROFILE: {
                "id": PROFILE,
                "title": "Policies written for Conftest",
                "description": "deny and violation deny, warn warns, what cannot be told counts like a fail.",
                "kinds": {"configuration": resolved},
                "unselected": {},
                "require_verified_engine": False,
                "update_not_worse": "warn",
            }
        },
    }
