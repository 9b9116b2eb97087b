"""What a control still owes whoever has to rely on it or act on it: seen without deciding anything, so that `control lint` stays quick.

Examples that pass and fail, a remedy that can be copied, parameters that are described, and facts of the kinds that it says it looks at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from typing_extensions import get_type_hints

from policyctl.bundles.syntax import Module
from policyctl.catalog.profiles import of_type
from policyctl.model.catalog import Catalog, Control
from policyctl.model.facts import facts_of
from policyctl.settings import FILE
from policyctl.workbench.examples import ABOUT, FOLDER

_CONTROLS = ("data", "policyctl", "controls")
_FACTS = ("input", "facts")
_WORKED = re.compile(r"^ {4,}\S", re.MULTILINE)
_ATTESTS = re.compile(r"^attestations:", re.MULTILINE)
_WORDS = 3


def owed(catalog: Catalog, modules: Mapping[str, Module], roots: Sequence[Path]) -> Iterator[str]:
    """A sentence for each thing that is missing, with the control's id, the file and what to do."""
    by_package = {module.package[3:]: module for module in modules.values() if module.package[:3] == _CONTROLS}
    for control in catalog["controls"].values():
        module = by_package.get((control["family"], control["name"]), Module(()))
        wrong = [
            *_examples(control, module, roots),
            *_remedy(control),
            *_parameters(control),
            *_kinds(control, module, catalog["reads"][control["id"]]),
        ]
        yield from (f"{control['id']}: {one}" for one in wrong)


def _examples(control: Control, module: Module, roots: Sequence[Path]) -> Iterator[str]:
    """One that passes and one that fails; of a control that never finds anything, one that it cannot tell about."""
    inside = Path("controls_catalog", control["family"], control["name"], FOLDER)
    folders = [folder for root in roots if (root / inside).is_dir() for folder in (root / inside).iterdir()]
    shown = {folder.name.partition(".")[0] for folder in folders if folder.is_dir()}
    wanted = {"undetermined"} if _never_finds(module) else {"pass", "fail"}
    for status in sorted(wanted - shown):
        name = "fail.<code>" if status == "fail" else status
        yield f"no example shows {status}: put a file that does into {inside}/{name}/"
    for shows in folders:
        for example in shows.iterdir() if shows.is_dir() else ():
            if _attests(example) and not (example / ABOUT).is_file():
                yield (
                    f"{inside}/{shows.name}/{example.name} holds attestations, which count for a time: say in its "
                    f"{ABOUT} the day that it is judged as of (as_of: 2026-11-21)"
                )


def _never_finds(module: Module) -> bool:
    """Whether `findings` is written as the empty set: then what the control has to say against something is undetermined."""
    rule = module.rules.get("findings")
    return rule is not None and not rule.texts and rule.refs <= {(*module.package, "findings")}


def _attests(example: Path) -> bool:
    configuration = example / FILE
    return configuration.is_file() and bool(_ATTESTS.search(configuration.read_text()))


def _remedy(control: Control) -> Iterator[str]:
    if not _WORKED.search(control["remediation"]):
        yield (
            f"controls_catalog/{control['family']}/{control['name']}.yaml: the remediation has no worked example: "
            "show what to write, indented by four spaces"
        )


def _parameters(control: Control) -> Iterator[str]:
    for name, parameter in control["parameters"].items():
        place = f"controls_catalog/{control['family']}/{control['name']}.yaml: parameter {name}"
        if len(parameter["description"].split()) < _WORDS:
            yield f"{place}: its description says nothing: say what the value decides"
        if not of_type(parameter["default"], parameter["type"]):
            yield f"{place}: its default, {parameter['default']!r}, is no {parameter['type']}"


def _kinds(control: Control, module: Module, read: Sequence[Sequence[str]]) -> Iterator[str]:
    """Facts of other kinds are never there: a rule that reads them is undefined for every document, which passes in silence."""
    known = {kind: set(get_type_hints(facts_of(kind), include_extras=True)) for kind in control["kinds"]}
    own = {ref[2] for rule in module.rules.values() for ref in rule.refs if ref[:2] == _FACTS and len(ref) > 2}
    for fact in sorted(own - set().union(*known.values())):
        yield f"reads input.facts.{fact}, which no document of {' or '.join(control['kinds'])} has: name its kind under kinds"
    if any(path[0] != "facts" or len(path) == 1 for path in read):
        return
    asked = {path[1] for path in read} - {"id"}
    for kind, names in known.items():
        if asked and not asked & names:
            yield f"lists the kind {kind} and reads no fact of it: read one, or take the kind away"
