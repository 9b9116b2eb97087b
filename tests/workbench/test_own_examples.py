"""Each example of our own controls shows what its folder says."""

from __future__ import annotations

import pytest

from policyctl import library, opening
from policyctl.context import Context
from policyctl.settings import Settings
from policyctl.workbench.eroding import erode
from policyctl.workbench.examples import examples_of
from policyctl.workbench.judging import judge

AS_OF = "2026-11-21"


def test_every_example_shows_what_it_must() -> None:
    root = library.own_root()
    loaded = library.load((root,), opening.opa_path)
    catalog = loaded.bundle.catalog
    examples = [example for control in catalog["controls"].values() for example in examples_of(control, (root,))]
    assert len(examples) >= 300
    with opening.start(Settings(), loaded) as engine:
        tested = list(judge(examples, engine, catalog, Context("", AS_OF), AS_OF))

    assert {test.name: test.message for test in tested if not test.passed} == {}
    assert len(tested) == len(examples)


@pytest.mark.servers
def test_no_failing_example_is_forgotten_when_it_is_taken_apart() -> None:
    eroded = erode(Settings(), [], Context("", AS_OF), AS_OF)

    assert sum(one.documents for one in eroded) > 20000
    assert [(one.control, lost.mutation) for one in eroded for lost in one.lost] == []
