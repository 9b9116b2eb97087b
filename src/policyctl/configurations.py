"""Gather, for policies written for Conftest: configuration files as they are, in the shape that Conftest gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policyctl.collectors.configuration.collecting import (
    WANTED,
    Configuration,
    combined,
    each,
    formats,
    read_configuration,
)
from policyctl.collectors.discovery import discover
from policyctl.gathering import concealed, insisted
from policyctl.model.document import Input
from policyctl.model.errors import UsageError


@dataclass(frozen=True, slots=True)
class Configurations:
    """How files are read. `parser` is the format of named files, empty for that of their names; `combine`: all are one subject."""

    parser: str = ""
    combine: bool = False

    def gather(self, paths: Sequence[str], kind: str | None = None) -> list[Input]:
        """What became of each file, in the order in which they were found. Bad files among good ones are inputs with status "error".

        Raises UsageError for a format that is not read, and for any `kind`.
        """
        if kind is not None:
            raise UsageError("--kind goes without --policy", hint="--parser says what format the named files are in")
        if self.parser and self.parser not in formats():
            raise UsageError(f"--parser: {self.parser} is not read", hint=f"one of {', '.join(formats())}")
        here = Path.cwd()
        read = [
            found if isinstance(found, Input) else read_configuration(found, self.parser)
            for found in discover(paths, here, WANTED)
        ]
        others = [insisted(one) if one.named else one for one in read if isinstance(one, Input)]
        good = [one for one in read if isinstance(one, Configuration)]
        together = [combined(good, others, str(here))] if self.combine and good else None
        decided = together or [each(one, str(here)) for one in good]
        return [concealed(entry) for entry in (*decided, *others)]
