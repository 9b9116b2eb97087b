"""The real Conftest, which these tests compare with."""

from __future__ import annotations

import pytest

from tests.go_programs import CONFTEST, go_tool


@pytest.fixture(scope="session")
def conftest_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where Conftest is."""
    return go_tool(CONFTEST, tmp_path_factory.mktemp("bin"))
