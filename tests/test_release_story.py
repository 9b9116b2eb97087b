"""The story of a release on a real MLflow server: `make demo-release`."""

from __future__ import annotations

import itertools

import pytest

from tests.release_story import Told, told

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def story() -> Told:
    return told(show=False)


def test_findings_fall_away_until_the_version_is_allowed(story: Told) -> None:
    counts = [verdict.count for verdict in story.verdicts[:-1]]

    assert [verdict.code for verdict in story.verdicts[:-1]] == [1, 1, 1, 1, 1, 0]
    assert counts[0] >= 10
    assert all(later < earlier for earlier, later in itertools.pairwise(counts))
    assert counts[-1] == 0


@pytest.mark.parametrize(
    ("step", "gone"),
    [
        (1, "DOC-012"),  # the card
        (2, "EVA-012"),  # results about this version
        (3, "DOC-013"),  # the card's result is the measured one
        (4, "REL-007"),  # a record about these files
        (5, "REL-008"),  # approvals
    ],
)
def test_each_step_mends_what_it_is_about(story: Told, step: int, gone: str) -> None:
    before, after = ({control for control, _, _ in story.verdicts[index].findings} for index in (step - 1, step))

    assert gone in before - after


def test_a_card_that_says_more_than_was_measured_is_found_out(story: Told) -> None:
    assert "DOC-013" in {control for control, _, _ in story.verdicts[2].findings}


def test_a_dataset_that_changed_after_the_evaluation_breaks_the_edge_between_them(story: Told) -> None:
    last = story.verdicts[-1]

    assert last.code == 1
    assert {control for control, _, _ in last.findings} == {"DAT-015"}


def test_most_of_what_the_verdict_depends_on_is_derived(story: Told) -> None:
    assert story.derived >= 2 * story.attested
