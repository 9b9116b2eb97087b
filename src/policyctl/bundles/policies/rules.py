"""The rules of policies written for Conftest, from OPA's own parse trees: which are asked, and what is said of them.

Source of what is asked: Conftest's documentation ("Writing policies", "Exceptions") and its behaviour, version 0.71.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policyctl.bundles.syntax import references
from policyctl.model.errors import ContentError

_ASKED = re.compile(r"(deny|violation|warn)(?:_[a-zA-Z0-9]+)*")
EXCEPTION = "exception"

_UNSTEADY = {
    ("http", "send"): "the network",
    ("net", "lookup_ip_addr"): "the network",
    ("opa", "runtime"): "the environment of OPA",
    ("rand", "intn"): "chance",
    ("uuid", "rfc4122"): "chance",
    ("io", "jwt", "encode_sign"): "chance",
    ("io", "jwt", "encode_sign_raw"): "chance",
    ("io", "jwt", "decode_verify"): "the clock",
}
"""Built-in functions whose answer is not a function of document and bundle. `time.now_ns` is, because it is answered with `as_of`."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """One policy file: its path inside the bundle, what the user calls it, and OPA's parse tree of it, with locations."""

    inside: str
    shown: str
    tree: Mapping[str, Any]

    @property
    def namespace(self) -> str:
        """The package as Conftest's --namespace takes it: "main", "kubernetes.pods"."""
        return ".".join(str(term["value"]) for term in self.tree["package"]["path"][1:])


@dataclass(frozen=True, slots=True)
class Clause:
    """One definition of a rule: where it stands, its METADATA, and the ids that its messages are written with."""

    place: str
    metadata: Mapping[str, Any]
    whole: bool
    ids: frozenset[str]

    @property
    def id(self) -> str:
        """The id of its METADATA, empty without one."""
        custom = self.metadata.get("custom")
        id = custom.get("id") if isinstance(custom, dict) else None
        return id.strip() if isinstance(id, str) and id.strip().isprintable() else ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that is asked: `deny`, `warn_latest_tag` … of one namespace, with all its clauses."""

    namespace: str
    name: str
    clauses: tuple[Clause, ...]

    @property
    def suffix(self) -> str:
        """What an exception names it by: "latest_tag", empty for `deny` itself."""
        return self.name.partition("_")[2]

    @property
    def denies(self) -> bool:
        """Whether its messages are failures, not warnings."""
        return not self.name.startswith("warn")


def defines_rules(tree: Mapping[str, Any]) -> bool:
    """Whether a file has a rule that is asked, or an exception. Files of tests mostly have none."""
    heads = [rule["head"] for rule in tree.get("rules", [])]
    return any(_ASKED.fullmatch(_first(head)) or _first(head) == EXCEPTION for head in heads)


def rules_of(files: Sequence[Parsed]) -> list[Rule]:
    """Every rule that is asked, sorted by namespace and name.

    Raises ContentError for a rule that Conftest would pass over in silence, or whose value can be no message.
    """
    found: dict[tuple[str, str], list[Clause]] = {}
    for file in files:
        for rule in file.tree.get("rules", []):
            name = _first(rule["head"])
            if _ASKED.fullmatch(name) and not rule["head"].get("args"):
                _require_messages(rule, name, file)
                found.setdefault((file.namespace, name), []).append(_clause(rule, file))
    return [Rule(namespace, name, tuple(clauses)) for (namespace, name), clauses in sorted(found.items())]


def has_exceptions(files: Sequence[Parsed], namespace: str) -> bool:
    """Whether a namespace grants exceptions."""
    trees = [file.tree for file in files if file.namespace == namespace]
    return any(_first(rule["head"]) == EXCEPTION for tree in trees for rule in tree.get("rules", []))


def require_steady(files: Sequence[Parsed]) -> None:
    """Raises ContentError where a policy asks something that the next run may answer differently."""
    for file in files:
        for ref in references(file.tree.get("rules", [])):
            for builtin, source in _UNSTEADY.items():
                if ref[: len(builtin)] == builtin:
                    raise ContentError(
                        f"{file.shown}: {'.'.join(builtin)} asks {source}: its decisions could not be replayed",
                        hint="put what it fetches into a file, and give that with --data",
                    )


def _first(head: Mapping[str, Any]) -> str:
    return str(head.get("name") or head["ref"][0]["value"])


def _require_messages(rule: Mapping[str, Any], name: str, file: Parsed) -> None:
    head = rule["head"]
    place = f"{file.shown}:{rule['location']['row']}"
    if "name" not in head:
        raise ContentError(
            f"{place}: Conftest asks {name}, not what lies below it",
            hint=f"write {name} contains msg if {{ … }}, or give the rule a name such as {name}_privileged",
        )
    if "key" not in head and head.get("value", {"type": "boolean"})["type"] == "boolean":
        raise ContentError(
            f"{place}: {name} is true or false, not a set of messages: Conftest would pass it whatever it says",
            hint=f"write {name} contains msg if {{ … }} (v0: {name}[msg] {{ … }})",
        )


def _clause(rule: Mapping[str, Any], file: Parsed) -> Clause:
    annotations: list[dict[str, Any]] = [
        a for a in rule.get("annotations", []) if a.get("scope") in ("rule", "document")
    ]
    whole = next((a for a in annotations if a["scope"] == "document"), None)
    metadata = whole or next(iter(annotations), {})
    # Where the folder lies must not count: the same policies are the same bundle.
    place = f"{'/'.join(file.inside.split('/')[2:])}:{rule['location']['row']}"
    return Clause(place, metadata, whole is not None, frozenset(_ids(rule, metadata)))


def _ids(rule: Mapping[str, Any], metadata: Mapping[str, Any]) -> Iterator[str]:
    """The ids that its messages carry as far as that is written in the clause: {"msg": …, "id": "CIS-5.1"}."""
    for members in _objects(rule):
        if "msg" in members:
            yield from (text for text in (_text(members, "id"), _text(_members(members.get("metadata")), "id")) if text)
    reads = any(ref[:2] == ("rego", "metadata") for ref in references(rule))
    custom = metadata.get("custom")
    if reads and isinstance(custom, dict) and isinstance(custom.get("id"), str) and custom["id"]:
        yield custom["id"]


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    """The members of every object that is written out below a node, by their constant keys."""
    if isinstance(node, list):
        for item in node:
            yield from _objects(item)
    elif isinstance(node, dict):
        if node.get("type") == "object":
            yield _members(node)
        for child in node.values():
            yield from _objects(child)


def _members(term: Any) -> dict[str, Any]:
    if not isinstance(term, dict) or term.get("type") != "object":
        return {}
    return {str(key["value"]): value for key, value in term["value"] if key.get("type") == "string"}


def _text(members: Mapping[str, Any], key: str) -> str:
    term = members.get(key)
    return str(term["value"]) if isinstance(term, dict) and term.get("type") == "string" else ""
