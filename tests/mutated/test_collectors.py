"""Ten thousand broken files: each is understood and is a document by its schema, or is refused with a message. Nothing else.

A share runs each time, the rest where long runs are made; both are the same every time.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings

from tests.mutated.mutating import Mutant, mutants
from tests.mutated.originals import KINDS, originals
from tests.mutated.reading import became
from tests.mutated.same import SAME

SHARE = 250
BULK = {"terraform_plan": 4000, "kubernetes_object": 3500, "model_card": 1500, "system": 1000}


def judged(kind: str, examples: int) -> Counter[str]:
    """How often what became of `examples` mutants of this kind."""
    counted: Counter[str] = Counter()

    @settings(SAME, max_examples=examples)
    @given(mutants(kind))
    def one(mutant: Mutant) -> None:
        counted[became(mutant.name, mutant.content)] += 1

    one()
    return counted


def test_there_are_real_files_of_every_kind() -> None:
    assert {kind: len(originals(kind)) >= 5 for kind in KINDS} == dict.fromkeys(KINDS, True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_file_is_a_document_or_a_message(kind: str) -> None:
    counted = judged(kind, SHARE)

    assert counted.total() >= SHARE
    assert counted["refused"] > 0
    assert counted["decided"] > 0


@pytest.mark.servers
@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_broken_files_are_documents_or_messages(kind: str) -> None:
    counted = judged(kind, BULK[kind])

    assert counted.total() >= BULK[kind]


def test_the_bulk_is_ten_thousand() -> None:
    assert sum(BULK.values()) >= 10_000
