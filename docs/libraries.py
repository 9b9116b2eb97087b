"""docs/rego-libraries.md: what rules may import, from the annotations in OPA's own parse tree of each file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policyctl import library, opening
from policyctl.bundles.syntax import located_tree

_HEAD = """\
# Rego libraries

What a rule of yours may import, and what a test may: `import data.policyctl.lib.kubernetes`, then `kubernetes.containers`. Functions have
their arguments in brackets; the others are values. Written by `make docs` from `rego/policyctl/lib/` and `rego/policyctl/testing/`, where
the rules themselves can be read. [Writing a control](writing-a-control.md) shows some at work.
"""


def libraries() -> str:
    """Every library and what it offers; names that begin with _ are its own."""
    rego = library.own_root() / "rego" / "policyctl"
    files = [file for folder in ("lib", "testing") for file in sorted((rego / folder).glob("*.rego"))]
    return "\n".join([_HEAD, *("\n".join(_library(file)) for file in files if not file.stem.endswith("_test"))])


def _library(file: Path) -> Iterator[str]:
    tree = located_tree(opening.opa_path(), str(file))
    package = ".".join(str(term["value"]) for term in tree["package"]["path"])
    told = _annotations(tree)
    yield f"## {package}\n"
    yield from (f"{_text(one)}\n" for scope, _, one in told if scope == "package")
    offered = _offered(tree)
    if offered:
        yield "| name | what it is |"
        yield "| --- | --- |"
    for name, (row, arguments) in offered.items():
        above = [one for scope, at, one in told if scope in ("rule", "document") and _next_rule(tree, at) == row]
        call = f"({', '.join(arguments)})" if arguments else ""
        yield f"| `{name}{call}` | {_text(above[-1]) if above else ''} |"
    yield ""


def _annotations(tree: dict[str, Any]) -> list[tuple[str, int, str]]:
    """Scope, row and description of each annotation."""
    listed = tree.get("annotations", [])
    return [(one["scope"], one["location"]["row"], one.get("description", "")) for one in listed]


def _offered(tree: dict[str, Any]) -> dict[str, tuple[int, list[str]]]:
    """By name, the row of the first rule that is called so, and the names of its arguments: `_` where it does not matter."""
    found: dict[str, tuple[int, list[str]]] = {}
    for rule in tree["rules"]:
        name = str(rule["head"]["ref"][0]["value"])
        if not name.startswith("_"):
            arguments = [_argument(one) for one in rule["head"].get("args", [])]
            row, before = found.get(name, (rule["location"]["row"], arguments))
            found[name] = (row, [b if a == "_" else a for a, b in zip(before, arguments, strict=True)])
    return found


def _argument(term: dict[str, Any]) -> str:
    return str(term["value"]) if term["type"] == "var" and not str(term["value"]).startswith("$") else "_"


def _next_rule(tree: dict[str, Any], row: int) -> int:
    return min((rule["location"]["row"] for rule in tree["rules"] if rule["location"]["row"] > row), default=0)


def _text(description: str) -> str:
    return " ".join(description.split()).replace("|", "\\|")
