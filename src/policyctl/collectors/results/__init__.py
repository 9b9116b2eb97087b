"""Files of results: what tools that examine models and data write.

Facts written: `evaluations`, `data_checks`. They tell of a version where a release record names the file, or where the registry keeps it
among the files of the version's run; only the latter ties them to the version. What a tool could not examine is a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from policyctl.collectors.results import (
    clarify,
    evidently,
    garak,
    great_expectations,
    group_table,
    lm_eval,
    promptfoo,
)
from policyctl.collectors.results.told import Told
from policyctl.model.content import Content
from policyctl.model.document import Input, Kind
from policyctl.model.facts.model import Evaluation
from policyctl.model.gathered import Gathered, Stamp
from policyctl.model.printable import printable

_READERS: Final[Sequence[Callable[[Sequence[Any]], Told | None]]] = (
    lm_eval.read,
    promptfoo.read,
    garak.read,
    evidently.read,
    clarify.read,
    great_expectations.read,
    group_table.read,
)


class ResultsCollector:
    """Reads results of lm-evaluation-harness, promptfoo, garak, Evidently, SageMaker Clarify and Model Monitor, Great Expectations, and
    tables of metrics by group.
    """

    kind: Kind = "model"

    def recognises(self, content: Content) -> bool:
        """Told by what each tool writes."""
        return content.syntax == "json" and read_results(content.values) is not None

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """One partial subject a content; an error where a file holds no result."""
        for content in contents:
            told = read_results(content.values)
            if told is None or told == Told():
                message = f"{printable(content.path)}: holds no result"
                yield Input(content.path, "error", self.kind, message, "run the tool again, and look at what it says")
                continue
            gathered = Gathered({"id": content.path})
            add_results(gathered, content.path, Stamp(content.sha256), told, "nothing")
            collected = replace(gathered.collected(content.path, content.path, None), partial=True)
            yield Input(content.path, "decided", self.kind, subjects=(collected,))


def read_results(values: Sequence[Any]) -> Told | None:
    """What the values of a file tell; None where no tool that is known wrote it."""
    return next((told for read in _READERS if (told := read(values)) is not None), None)


def add_results(gathered: Gathered, source: str, stamp: Stamp, told: Told, bound: str) -> None:
    """Adds what a file of results tells, with what ties it to the version; what the tool could not tell is a gap."""
    evaluations = [cast("Evaluation", {**one, "bound": bound, "file": source}) for one in told.evaluations]
    checks = [{**one, "file": source} for one in told.data_checks]
    facts = {"evaluations": evaluations} if evaluations else {}
    gathered.add(source, stamp, facts | ({"data_checks": checks} if checks else {}))
    for reason in told.untold:
        gathered.gap("not_measured", f"{source}: {reason}", ("data_checks",) if checks else ("evaluations",), source)
