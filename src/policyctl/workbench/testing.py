"""`control test`: the tests beside the rules and the examples beside the catalog entries, of the controls that are named."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from policyctl import library, opening
from policyctl.context import Context
from policyctl.model.catalog import Control
from policyctl.model.errors import ContentError
from policyctl.settings import Settings
from policyctl.workbench.examples import Example, examples_of
from policyctl.workbench.judging import judge
from policyctl.workbench.outcome import Tested
from policyctl.workbench.selecting import selected
from policyctl.workbench.unit_tests import coverage, unit_tests

_INTERVAL = 0.3


@dataclass(frozen=True, slots=True)
class Results:
    """All that was tested, and by control the percentage of its lines that were reached, where that was asked."""

    tests: tuple[Tested, ...]
    covered: dict[str, float]

    @property
    def failed(self) -> bool:
        """Whether any test says what it should not."""
        return any(not test.passed for test in self.tests)


def run(settings: Settings, selectors: Sequence[str], context: Context, *, as_of: str, cover: bool) -> Results:
    """Tests the controls of these selectors. `as_of`: the day of the examples' decisions, empty for today.

    Raises ContentError where a control has no test at all, or the content does not hold together.
    """
    roots = library.roots(settings.content)
    loaded = library.load(roots, opening.opa_path)
    catalog = loaded.bundle.catalog
    controls = selected(catalog, selectors)
    examples = [example for control in controls for example in examples_of(control, roots)]
    opa = opening.opa_path()
    with ThreadPoolExecutor(1) as beside:
        by_opa = beside.submit(unit_tests, opa, roots, controls)
        shown = list(_of_examples(examples, settings, loaded, Context("", as_of or context.today)))
        tests = [*by_opa.result(), *shown]
    if untested := {control["id"] for control in controls} - {test.control for test in tests}:
        raise ContentError(
            f"{', '.join(sorted(untested))}: no test and no example",
            hint="a test stands beside the rule, in <control>_test.rego",
        )
    tests += _without_unit_test(controls, tests, roots)
    return Results(tuple(map(_shortened, tests)), coverage(opa, roots, controls) if cover else {})


def _without_unit_test(controls: Sequence[Control], tests: Sequence[Tested], roots: Sequence[Path]) -> Iterator[Tested]:
    """A failing entry for each control that has examples only: they show what it says of some files, not that each rule is needed."""
    tested = {test.control for test in tests if test.sort == "unit"}
    for control in controls:
        if control["id"] not in tested:
            inside = Path("rego/policyctl/controls", control["family"], control["name"], f"{control['name']}_test.rego")
            root = next((root for root in roots if (root / inside).parent.is_dir()), roots[-1])
            message = "there is no unit test, only examples: write one, a rule whose name begins with test_"
            yield Tested(control["id"], "missing", "unit test", str(root / inside), message)


def _of_examples(
    examples: Sequence[Example], settings: Settings, loaded: library.Loaded, neutral: Context
) -> Iterator[Tested]:
    if not examples:
        return
    asked = frozenset(example.control for example in examples)
    with opening.start(settings, loaded, asked) as engine:
        yield from judge(examples, engine, loaded.bundle.catalog, neutral, neutral.today)


def changes(settings: Settings, more: Sequence[Path] = ()) -> Iterator[None]:
    """Once at the beginning, then each time that a file of the content, or one of `more`, was written, added or removed."""
    roots = library.roots(settings.content)
    seen: dict[str, float] | None = None
    while True:
        now = _written(roots) | {str(file): file.stat().st_mtime for file in more if file.is_file()}
        if now != seen:
            seen = now
            yield
        time.sleep(_INTERVAL)


def _written(roots: Sequence[Path]) -> dict[str, float]:
    return {
        entry: os.stat(entry).st_mtime
        for root in roots
        for folder in library.FOLDERS
        for directory, _, files in os.walk(root / folder)
        for entry in (os.path.join(directory, name) for name in files)
        if os.path.exists(entry)
    }


def _shortened(tested: Tested) -> Tested:
    """Places as people write them: from where they are, if they lie below."""
    here = os.getcwd() + os.sep
    return replace(tested, place=tested.place.removeprefix(here))
