"""One OPA and one set of fixtures for all adversarial tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from policyctl import library, opening
from policyctl.engines.install import install
from policyctl.engines.managed import ManagedEngine
from tests.adversarial.ground import Ground


@pytest.fixture(scope="session")
def ground() -> Iterator[Ground]:
    """The pinned OPA with the bundle of this tree, and the fixtures of all its controls."""
    loaded = library.load((library.own_root(),), opening.opa_path)
    binary = install(lambda _: None, version="1.19.1")
    with ManagedEngine(binary, loaded.archive, loaded.bundle.identity) as engine:
        yield Ground.prepare(engine, loaded.bundle.catalog)
