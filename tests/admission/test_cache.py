"""What the cache gives, and how far it can be believed."""

from __future__ import annotations

from typing import Any

from policyctl.admission.cluster.cache import STALE, Cache
from policyctl.admission.cluster.kinds import Watched

POLICIES = Watched("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy")


class Clock:
    """Stands still until it is set."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def policy(name: str) -> dict[str, Any]:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": name, "namespace": "ml"},
        "spec": {"podSelector": {}},
    }


def made() -> tuple[Cache, Clock]:
    clock = Clock()
    return Cache([POLICIES], clock), clock


def test_what_was_never_read_is_a_gap_and_no_empty_list() -> None:
    cache, _ = made()
    run, gaps = cache.run()

    assert "NetworkPolicy" not in run.kinds
    assert [gap["reason"] for gap in gaps] == [
        "the cluster's objects of kind NetworkPolicy are not known: not read yet"
    ]


def test_what_was_read_and_is_empty_is_an_empty_list() -> None:
    cache, _ = made()
    cache.replaced("NetworkPolicy", [])
    run, gaps = cache.run()

    assert (run.kinds["NetworkPolicy"], gaps) == ([], [])


def test_changes_are_seen_by_the_next_question_only() -> None:
    cache, _ = made()
    cache.replaced("NetworkPolicy", [policy("a")])
    before, _ = cache.run()
    cache.changed("NetworkPolicy", policy("b"))
    cache.changed("NetworkPolicy", policy("a"), deleted=True)
    after, _ = cache.run()

    assert [known.name for known in before.near["NetworkPolicy", "ml"]] == ["a"]
    assert [known.name for known in after.near["NetworkPolicy", "ml"]] == ["b"]


def test_a_list_replaces_what_was_missed_meanwhile() -> None:
    cache, _ = made()
    cache.replaced("NetworkPolicy", [policy("a")])
    cache.replaced("NetworkPolicy", [policy("b")])

    assert [known.name for known in cache.run()[0].kinds["NetworkPolicy"]] == ["b"]


def test_without_a_sign_of_life_what_was_told_is_not_known_any_more() -> None:
    cache, clock = made()
    cache.replaced("NetworkPolicy", [policy("a")])
    clock.now += STALE
    assert cache.run()[1] == []
    clock.now += 1
    (gap,) = cache.run()[1]
    cache.alive("NetworkPolicy")

    assert gap["paths"] == [["facts", "relations"], ["facts", "inference", "monitors"]]
    assert cache.run()[1] == []


def test_a_failure_is_told_once_what_was_read_is_stale() -> None:
    cache, clock = made()
    cache.replaced("NetworkPolicy", [policy("a")])
    cache.failed("NetworkPolicy", "connection refused")
    assert cache.run()[1] == []
    clock.now += STALE + 1

    (gap,) = cache.run()[1]
    assert gap["reason"].endswith("NetworkPolicy are not known: connection refused")
