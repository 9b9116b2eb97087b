"""Documents that show what a control says, in the format of their source: a compliance officer adds one without Rego.

They lie beside the control's entry, in `<control>/examples/<what it must show>/`, each a file or a folder:
`pass`, `undetermined`, `not_applicable`, or `fail.<code>` (`fail.<code>+<code>` for several). What holds for a time only, such as an
attestation, is a folder with an `example.yaml` that says `as_of: <the day it is judged as of>`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policyctl.catalog.files import read_yaml
from policyctl.model.catalog import Control
from policyctl.model.decision import Status
from policyctl.model.errors import ContentError

FOLDER = "examples"
ABSENCE = "absence.yaml"
"""No example: where taking a thing away takes the offence away (see `policyctl.workbench.absence`)."""
ABOUT = "example.yaml"
"""In the folder of an example: the day that it is judged as of."""
_WITHOUT_CODES: dict[str, Status] = {
    "pass": "pass",
    "undetermined": "undetermined",
    "not_applicable": "not_applicable",
}
_FAIL = re.compile(r"fail\.([a-z0-9_]+(?:\+[a-z0-9_]+)*)")


@dataclass(frozen=True, slots=True)
class Example:
    """One example: a file or folder, and the status and finding codes (none but for fail) that the control must have there.

    `as_of`: the ISO day that it is judged as of, empty where any day will do.
    """

    control: str
    path: Path
    status: Status
    codes: frozenset[str]
    as_of: str = ""

    @property
    def name(self) -> str:
        """What it must show, and where: "fail.no_limits/deployment.yaml"."""
        return f"{self.path.parent.name}/{self.path.name}"


def examples_of(control: Control, roots: Sequence[Path]) -> list[Example]:
    """The examples of one control, from every content folder. Raises ContentError for a folder whose name says nothing, or a day that
    is none.
    """
    found = []
    for root in roots:
        place = root / "controls_catalog" / control["family"] / control["name"] / FOLDER
        for folder in sorted(place.iterdir()) if place.is_dir() else ():
            if folder.name == ABSENCE:
                continue
            status, codes = _expected(folder)
            listed = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
            if not listed:
                raise ContentError(
                    f"{folder}: there is no example in it", hint="put a file there, or remove the folder"
                )
            found += [Example(control["id"], path, status, codes, _day(path)) for path in listed]
    return found


def _day(example: Path) -> str:
    about = example / ABOUT
    if not about.is_file():
        return ""
    said = read_yaml(about)
    if isinstance(said, dict) and set(said) == {"as_of"} and type(said["as_of"]) is date:
        return str(said["as_of"])
    raise ContentError(f"{about}: does not say the day of the example", hint="one line: as_of: 2026-11-21")


def _expected(folder: Path) -> tuple[Status, frozenset[str]]:
    if folder.is_dir() and (status := _WITHOUT_CODES.get(folder.name)):
        return status, frozenset()
    if folder.is_dir() and (fail := _FAIL.fullmatch(folder.name)):
        return "fail", frozenset(fail[1].split("+"))
    raise ContentError(
        f"{folder}: its name does not say what the examples in it must show",
        hint="pass, undetermined, not_applicable, fail.<code> or fail.<code>+<code>",
    )
