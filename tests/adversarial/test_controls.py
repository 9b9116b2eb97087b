"""For every control: facts that are taken away or broken never turn a fail, or what could not be told, into good news."""

from __future__ import annotations

import pytest

from policyctl import settings
from policyctl.catalog.reading import read_controls
from policyctl.context import Context
from policyctl.library import own_root
from policyctl.workbench.eroding import erode
from tests.adversarial.exceptions import ABSENCE_IS_GOOD
from tests.adversarial.fixtures import AS_OF
from tests.adversarial.ground import Ground

CATALOG = read_controls((own_root(),))
CONTROLS = sorted(CATALOG)


def has_rules_for(word: str, control: str) -> bool:
    """Whether the control's package has rules that export `findings`, or `undetermined`."""
    folder = own_root() / "rego/policyctl/controls" / CATALOG[control]["family"] / CATALOG[control]["name"]
    return f"\n{word} contains" in (folder / f"{folder.name}.rego").read_text()


@pytest.mark.parametrize("control", [id for id in CONTROLS if has_rules_for("findings", id)])
def test_the_control_fails_in_a_document_made_from_a_source_file(ground: Ground, control: str) -> None:
    assert "fail" in {fixture.status for fixture in ground.fixtures[control]}


@pytest.mark.parametrize("control", [id for id in CONTROLS if has_rules_for("undetermined", id)])
def test_the_control_is_undetermined_in_another_one(ground: Ground, control: str) -> None:
    assert "undetermined" in {fixture.status for fixture in ground.fixtures[control]}


@pytest.mark.parametrize("control", CONTROLS)
def test_broken_facts_never_hide_what_is_wrong(ground: Ground, control: str) -> None:
    judged = ground.judge(control)

    assert judged.documents > 0
    assert not judged.forgotten, "\n".join(judged.forgotten)


def test_every_exception_is_needed(ground: Ground) -> None:
    """By a document made from a source file, else by an example of the control."""
    used = {one for control in CONTROLS for one in ground.judge(control).used}
    left = sorted({one.about for one in ABSENCE_IS_GOOD if one not in used} & set(CONTROLS))
    if left:
        used |= {one for eroded in erode(settings.load({}, {}), left, Context("", AS_OF), AS_OF) for one in eroded.used}

    assert used == set(ABSENCE_IS_GOOD)
