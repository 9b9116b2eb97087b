"""One OPA for all cases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from policyctl import settings
from policyctl.opening import open_classifying
from tests.classification.documents import Asking


@pytest.fixture(scope="session")
def asking() -> Iterator[Asking]:
    """An OPA with the rules that classify."""
    with open_classifying(settings.load({})) as run:
        yield Asking(run)
