"""What changes for a user when one bundle takes the place of another: controls, parameters, profiles, mappings, clauses, rules.

A change is called stricter or looser only where that can be told: by severity, by what a profile does when a control fails, by kinds
that are looked at or no longer, and by parameters whose name says which way is strict. All else is "changed".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policyctl.bundles.build import Bundle
from policyctl.bundles.profile_difference import profiles
from policyctl.bundles.strictness import by_rank, by_sets, of_parameter, step, told
from policyctl.model.decision import SEVERITIES

WORDS = ("added", "removed", "stricter", "looser", "changed")
PARTS = ("control", "parameter", "profile", "mapping", "framework", "clause", "rule")
NEEDED = ("controls", "profiles", "edges", "clauses", "frameworks", "rules")
"""What of a catalog is compared: also bundles that another version of policyctl built have it."""

_TEXTS = ("title", "objective", "rationale", "remediation", "evidence", "statement")
_CONTROLS = "policyctl/controls/"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `part` is one of PARTS, `change` one of WORDS; `id` names the thing, `text` says what is different."""

    part: str
    id: str
    change: str
    text: str


def difference(old: Bundle, new: Bundle) -> list[Change]:
    """What is different in `new`, in the order of PARTS, then by id."""
    a, b = old.catalog, new.catalog
    found = [
        *_controls(old, new),
        *_parameters(a["controls"], b["controls"]),
        *(Change("profile", *one) for one in profiles(a, b)),
        *_mappings(a["edges"], b["edges"]),
        *_clauses(a, b),
        *_shared_rules(old, new),
    ]
    return sorted(found, key=lambda one: (PARTS.index(one.part), one.id))


def summary(changes: list[Change]) -> dict[str, dict[str, int]]:
    """How many changes there are, by part and word; what is not there is left out."""
    return {
        part: counted
        for part in PARTS
        if (
            counted := {
                word: number
                for word in WORDS
                if (number := sum((one.part, one.change) == (part, word) for one in changes))
            }
        )
    }


def _controls(old: Bundle, new: Bundle) -> Iterator[Change]:
    a, b = old.catalog["controls"], new.catalog["controls"]
    for id in sorted(set(a) | set(b)):
        if id not in a or id not in b:
            word, bundle = ("added", new) if id in b else ("removed", old)
            yield Change("control", id, word, f"{(a | b)[id]['title']} ({_enforced(bundle.catalog, id)})")
            continue
        was, now = a[id], b[id]
        if was["severity"] != now["severity"]:
            word = by_rank(SEVERITIES, was["severity"], now["severity"])
            yield Change("control", id, word, f"severity {was['severity']} -> {now['severity']}")
        if set(was["kinds"]) != set(now["kinds"]):
            word = by_sets(set(was["kinds"]), set(now["kinds"]))
            yield Change("control", id, word, f"looks at {', '.join(was['kinds'])} -> {', '.join(now['kinds'])}")
        if ("statement" in was) != ("statement" in now):
            bases = [("attested" if "statement" in one else "derived") for one in (was, now)]
            yield Change("control", id, "changed", " -> ".join(bases))
        if reworded := [name for name in _TEXTS if was.get(name) != now.get(name)]:
            yield Change("control", id, "changed", f"{', '.join(reworded)} reworded")
        if _own_rules(old, was) != _own_rules(new, now):
            yield Change("control", id, "changed", "rules changed")


def _enforced(catalog: Mapping[str, Any], id: str) -> str:
    """What each profile does when the control fails."""
    words = [
        f"{profile}: {action}"
        for profile, resolved in sorted(catalog["profiles"].items())
        if (action := next((k["enforcement"][id] for k in resolved["kinds"].values() if id in k["enforcement"]), ""))
    ]
    return ", ".join(words) or "in no profile"


def _own_rules(bundle: Bundle, control: Mapping[str, Any]) -> dict[str, bytes]:
    folder = f"{_CONTROLS}{control['family']}/{control['name']}/"
    return {path.removeprefix(folder): text for path, text in bundle.files.items() if path.startswith(folder)}


def _parameters(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Change]:
    for id in sorted(set(a) & set(b)):
        was, now = a[id]["parameters"], b[id]["parameters"]
        for name in sorted(set(was) | set(now)):
            if name not in was:
                yield Change("parameter", f"{id} {name}", "added", f"default {told(now[name]['default'])}")
            elif name not in now:
                yield Change("parameter", f"{id} {name}", "removed", f"default was {told(was[name]['default'])}")
            elif was[name]["default"] != now[name]["default"]:
                values = (was[name]["default"], now[name]["default"])
                yield Change("parameter", f"{id} {name}", of_parameter(name, *values), f"default {step(*values)}")


def _mappings(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Change]:
    was, now = _edges(a), _edges(b)
    for key in sorted(set(was) | set(now)):
        id = " ".join(key)
        if key not in was:
            yield Change("mapping", id, "added", f"covers {now[key]['covers']}")
        elif key not in now:
            yield Change("mapping", id, "removed", f"covered {was[key]['covers']}")
        elif was[key]["covers"] != now[key]["covers"]:
            yield Change("mapping", id, "changed", f"covers {was[key]['covers']} -> {now[key]['covers']}")
        elif was[key].get("only") != now[key].get("only"):
            yield Change("mapping", id, "changed", "holds for other documents")
        elif was[key].get("shows_class") != now[key].get("shows_class"):
            yield Change("mapping", id, "changed", "what a finding shows of the class")
        elif was[key]["because"] != now[key]["because"]:
            yield Change("mapping", id, "changed", "because reworded")


def _edges(edges: Mapping[str, Any]) -> dict[tuple[str, str, str], Any]:
    return {
        (framework, edge["clause"], control): edge
        for framework, by_control in edges.items()
        for control, listed in by_control.items()
        for edge in listed
    }


def _clauses(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Change]:
    """Frameworks that are new or gone, and clauses in both whose text or dates differ: the law's, not the mapping's."""
    for framework in sorted(set(a["frameworks"]) | set(b["frameworks"])):
        if framework not in a["frameworks"] or framework not in b["frameworks"]:
            word = "added" if framework in b["frameworks"] else "removed"
            title = (a["frameworks"] | b["frameworks"])[framework]["title"]
            yield Change("framework", framework, word, title)
            continue
        was, now = a["clauses"][framework], b["clauses"][framework]
        for clause in sorted(set(was) & set(now)):
            if changed := [
                key for key in sorted(was[clause] | now[clause]) if was[clause].get(key) != now[clause].get(key)
            ]:
                yield Change("clause", f"{framework} {clause}", "changed", ", ".join(changed))


def _shared_rules(old: Bundle, new: Bundle) -> Iterator[Change]:
    """Rule files that are no control's own, with the number of controls that reach them."""
    was, now = _shared(old), _shared(new)
    for path in sorted(set(was) | set(now)):
        if was.get(path) == now.get(path):
            continue
        word = "added" if path not in was else "removed" if path not in now else "changed"
        catalog = (new if path in now else old).catalog
        number = sum(path in files for files in catalog["rules"].values())
        yield Change("rule", path, word, f"reached by {number} control{'' if number == 1 else 's'}")


def _shared(bundle: Bundle) -> dict[str, bytes]:
    return {p: text for p, text in bundle.files.items() if p.endswith(".rego") and not p.startswith(_CONTROLS)}
