"""Reviews of real objects, broken at random: each gets an answer or a clean error, and nothing is better for being broken."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl.admission.judging import Given, Judging
from policyctl.admission.review import Answer, parse
from policyctl.model.errors import InputError
from tests.admission.harm import review
from tests.admission.requests import request, vllm
from tests.conftest import DATA, EXAMPLES

ROUNDS, TOGETHER, FIRST = 10_000, 50, 1_000
HOSTILE: tuple[Any, ...] = (
    *(
        "",
        "\x00",
        "a" * 5_000,
        "$(X)",
        "../..",
        "{{ x }}",
        "\u202e",
        "🦄" * 50,
        "null",
        "-1",
        "1e400",
        "100Gi",
        "=",
        "--model=",
    ),
    *("http://[::1", "${}", "%s%n", "'; DROP", "a/b@sha256:zz", ":latest", "sha256:", "List", "v1", "Kustomization"),
    *(None, True, 0, -1, 3.5, 1e308, 2**53, [], {}, [[]], [None], {"": ""}, {"a": {"b": [1]}}, ["x"] * 50),
)
BROKEN: tuple[Any, ...] = (None, "", "x", 7, [], {}, ["x"])
Place = tuple[str | int, ...]


def _objects() -> Iterator[dict[str, Any]]:
    for folder in (
        EXAMPLES / "kubernetes",
        *(DATA / "kubernetes" / name for name in ("kserve", "kubeflow", "llm", "ray")),
    ):
        for file in sorted(folder.rglob("*.y*ml")):
            yield from _of(file)


def _of(file: Path) -> Iterator[dict[str, Any]]:
    with suppress(yaml.YAMLError):  # some are templates
        for value in yaml.safe_load_all(file.read_text()):
            if isinstance(value, dict) and isinstance(value.get("metadata"), dict):
                yield json.loads(json.dumps(value, default=str))


def _paths(value: Any, at: Place = ()) -> Iterator[Place]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in below:
        yield (*at, step)
        yield from _paths(one, (*at, step))


def _without(value: Any, path: Place) -> Any:
    changed = copy.deepcopy(value)
    above = _above(changed, path)
    del above[path[-1]]
    return changed


def _with(value: Any, path: Place, put: Any) -> Any:
    changed = copy.deepcopy(value)
    _above(changed, path)[path[-1]] = copy.deepcopy(put)
    return changed


def _above(value: Any, path: Place) -> Any:
    for step in path[:-1]:
        value = value[step]
    return value


def _mutated(value: Any, chance: random.Random) -> Any:
    for _ in range(chance.randint(1, 3)):
        if not (paths := list(_paths(value))):
            break
        path = chance.choice(paths)
        old = _above(value, path)[path[-1]]
        retyped = [old] if isinstance(old, str) else str(old)
        put = chance.choice([None, retyped, {str(old)[:20]: old}, chance.choice(HOSTILE), chance.choice(HOSTILE)])
        value = _without(value, path) if chance.random() < 0.25 else _with(value, path, put)
    return value


def _given(judging: Judging, bodies: list[bytes]) -> list[Given]:
    """What becomes of those that are reviews. Whatever else is raised is a defect."""
    requests = []
    for body in bodies:
        with suppress(InputError):
            requests.append(parse(body))
    return judging.given(requests)


def _resident() -> int:
    """Pages of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1])


@pytest.mark.servers
def test_ten_thousand_hostile_reviews_are_answered_and_leave_memory_flat(judging: Judging) -> None:
    chance, objects = random.Random(20261122), list(_objects())
    assert len(objects) > 80
    first, outcomes = 0, set()
    for number in range(0, ROUNDS, TOGETHER):
        if number == FIRST:
            first = _resident()
        bodies = []
        for _ in range(TOGETHER):
            asked = request(chance.choice(objects))
            whole = chance.random() < 0.1
            bodies.append(
                review(_mutated(asked, chance) if whole else asked | {"object": _mutated(asked["object"], chance)})
            )
        for given in _given(judging, bodies):
            assert isinstance(given, Answer), given
            outcomes.add((given.allowed, given.code))

    assert outcomes == {(True, 200), (False, 403), (False, 422)}
    assert _resident() < first * 1.5


def _in_containers() -> Iterator[Place]:
    """Every place in the containers of a Deployment but their images: a container without one is told to be unknown, which warns."""
    for path in _paths(vllm()):
        if path[:5] == ("spec", "template", "spec", "containers", 0) and len(path) > 5 and path[5:] != ("image",):
            yield path


def test_no_fact_that_is_taken_away_or_broken_in_a_container_has_it_admitted(judging: Judging) -> None:
    """It runs as root by saying nothing of it, and no word less makes that better."""
    asked = request(vllm())
    changed = [change(vllm(), path) for path in _in_containers() for change in (_without, *map(_putting, BROKEN))]
    bodies = [review(asked | {"object": value}) for value in changed]

    assert len(bodies) > 300
    for first in range(0, len(bodies), TOGETHER):
        for given in _given(judging, bodies[first : first + TOGETHER]):
            assert isinstance(given, Answer)
            assert (given.allowed, given.code) in ((False, 403), (False, 422))


def _putting(put: Any) -> Any:
    return lambda value, path: _with(value, path, put)
