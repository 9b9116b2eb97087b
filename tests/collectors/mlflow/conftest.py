"""One real MLflow server for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mlflow_server import Tracking, running


@pytest.fixture(scope="session")
def tracking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracking]:
    with running(tmp_path_factory.mktemp("mlflow")) as server:
        yield server
