"""Datasets that several sources name."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.model.document import Collected
from policyctl.model.gathered import Gathered, Stamp

MD5, OTHER_MD5 = "d41d8cd98f00b204e9800998ecf8427e", "0cc175b9c0f1b6a831c399e269772661"
SHA256 = f"{OTHER_MD5}{MD5}"
STAMP = Stamp("0" * 64)


def told(*sources: list[dict[str, str]]) -> Collected:
    """What is gathered from sources called 0, 1 and so on, each of which names these datasets."""
    gathered = Gathered({"id": "m/1"})
    for index, datasets in enumerate(sources):
        gathered.add(str(index), STAMP, {"datasets": datasets})
    return gathered.collected("m/1", "m/1", None)


def dataset(name: str, digest: str = "", context: str = "") -> dict[str, str]:
    return {"name": name, **({"digest": digest} if digest else {}), **({"context": context} if context else {})}


@pytest.mark.parametrize("context", ["", "Training"])
def test_two_strong_digests_of_one_dataset_are_a_conflict_and_the_first_counts(context: str) -> None:
    version = told([dataset("train", MD5, "training")], [dataset("train", OTHER_MD5, context)])

    assert version.facts["datasets"] == [dataset("train", MD5, "training")]
    stated = [{"value": MD5, "source": "0"}, {"value": OTHER_MD5, "source": "1"}]
    assert version.facts["conflicts"] == [{"fact": "datasets.train.digest", "stated": stated}]


@pytest.mark.parametrize("digest", [MD5, f"md5:{MD5.upper()}", f"{MD5}{OTHER_MD5}", ""])
def test_a_dataset_that_was_told_already_is_told_once(digest: str) -> None:
    version = told([dataset("train", MD5)], [dataset("train", digest)])

    assert (version.facts["datasets"], version.facts["conflicts"]) == ([dataset("train", MD5)], [])
    assert [source["facts"] for source in version.sources] == [["datasets"], []]


@pytest.mark.parametrize("digest", [SHA256, "0f3c0f3c"])
def test_digests_that_cannot_be_compared_both_stay(digest: str) -> None:
    version = told([dataset("train", MD5)], [dataset("train", digest)])

    assert version.facts["datasets"] == [dataset("train", MD5), dataset("train", digest)]
    assert version.facts["conflicts"] == []


def test_short_digests_that_differ_are_no_conflict_and_both_stay() -> None:
    version = told([dataset("train", "0f3c0f3c")], [dataset("train", "0f3c0f3d")])

    assert version.facts["datasets"] == [dataset("train", "0f3c0f3c"), dataset("train", "0f3c0f3d")]
    assert version.facts["conflicts"] == []


@pytest.mark.parametrize("first", [[], [dataset("train", MD5)]])
def test_datasets_that_only_the_second_source_names_are_added(first: list[dict[str, str]]) -> None:
    version = told(first, [dataset("test", OTHER_MD5)])

    assert version.facts["datasets"] == [*first, dataset("test", OTHER_MD5)]
    assert [source["facts"] for source in version.sources] == [["datasets"], ["datasets"]]
    assert str(version.locate("", ("datasets", len(first), "digest"))) == "1"


def test_a_conflict_names_the_source_that_told_the_first_digest() -> None:
    version = told([dataset("train", MD5)], [dataset("test", MD5)], [dataset("test", OTHER_MD5)])

    ((first, last),) = [conflict["stated"] for conflict in version.facts["conflicts"]]
    assert ((first["source"], first["value"]), (last["source"], last["value"])) == (("1", MD5), ("2", OTHER_MD5))


def test_one_name_for_the_data_of_two_uses_is_no_conflict() -> None:
    both = [dataset("dataset", MD5, "training"), dataset("dataset", OTHER_MD5, "eval")]

    assert told(both, both).facts["datasets"] == both
    version = told(both[:1], both)
    assert (version.facts["datasets"], version.facts["conflicts"]) == (both, [])


def test_what_was_gathered_elsewhere_from_two_sources_is_the_same_here() -> None:
    inner = told([dataset("train", MD5)], [dataset("test", OTHER_MD5)])
    gathered = Gathered({"id": "m/1"})
    gathered.take(inner)

    facts: dict[str, Any] = dict(gathered.collected("m/1", "m/1", None).facts)
    assert (facts["datasets"], facts["conflicts"]) == (inner.facts["datasets"], [])
