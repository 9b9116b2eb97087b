"""Where absence is good: the few places at which taking the offending thing away, and nothing else, takes the offence away.

Wrong types and nesting are never excepted. What is said of a kind is said of all its controls; what is said of one control stands in
`absence.yaml` among its examples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path as File
from typing import Final, Literal

from pydantic import Field, RootModel

from policyctl.catalog.files import Strict, read_file
from policyctl.model.catalog import Control
from policyctl.model.document import Path
from policyctl.workbench.examples import ABSENCE, FOLDER

How = Literal["removed", "empty text", "empty list", "empty object"]
"""The mutations after which there is nothing left at a place. Not null: that is nobody's way to take a thing away."""


class AbsenceFile(Strict):
    """One entry of `absence.yaml`."""

    path: str = Field(min_length=1)
    how: list[How] = Field(min_length=1)
    reason: str = Field(min_length=3)


class AbsencesFile(RootModel[list[AbsenceFile]]):
    """`controls_catalog/<family>/<control>/examples/absence.yaml`."""


@dataclass(frozen=True, slots=True)
class Absence:
    """`about` is a control or a kind, `path` a path in the facts, or from "attested" on: "*" for any one step, "a|b" for one of several."""

    about: str
    path: str
    how: tuple[How, ...]
    reason: str

    def covers(self, path: Path, how: str) -> bool:
        """Whether exactly this is meant."""
        steps = self.path.split(".")
        return (
            how in self.how
            and len(steps) == len(path)
            and all(step == "*" or str(given) in step.split("|") for step, given in zip(steps, path, strict=True))
        )


OF_KINDS: Final = (
    Absence(
        "terraform_plan", "resources", ("empty object",), "A plan without resources is a good plan: it builds nothing."
    ),
    Absence(
        "terraform_plan",
        "resources.*",
        ("removed", "empty list"),
        "A plan that holds no resource of a type builds none.",
    ),
    Absence("terraform_plan", "resources.*.*", ("removed",), "A resource that the plan does not hold is not built."),
    Absence(
        "kubernetes_object",
        "containers.*",
        ("removed",),
        "A container that the object does not hold does not run.",
    ),
    Absence("agent", "servers", ("empty list",), "A configuration that lists no server starts none."),
    Absence("agent", "servers.*", ("removed",), "A server that the file does not list is not started by it."),
    Absence(
        "bom",
        "models|datasets",
        ("empty list",),
        "A BOM that lists none is not about any; the collector passes over one that lists neither.",
    ),
    Absence("bom", "models|datasets.*", ("removed",), "What the BOM does not list is in nobody's BOM."),
)


def absences(control: Control, roots: Sequence[File]) -> tuple[Absence, ...]:
    """Those of one control and of its kinds. Raises ContentError for a file that is not of its shape."""
    files = [root / "controls_catalog" / control["family"] / control["name"] / FOLDER / ABSENCE for root in roots]
    listed = [entry for file in files if file.is_file() for entry in read_file(file, AbsencesFile).root]
    own = [Absence(control["id"], entry.path, tuple(entry.how), entry.reason) for entry in listed]
    return (*(one for one in OF_KINDS if one.about in control["kinds"]), *own)
