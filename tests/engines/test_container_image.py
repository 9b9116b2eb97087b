"""Which image a reference names, from what a container engine says of it."""

from __future__ import annotations

import pytest

from policyctl.engines.container_image import described
from policyctl.model.errors import EngineError

OTHER = "sha256:" + "0" * 64


def test_an_engine_that_gives_another_image_than_the_one_named_is_not_believed() -> None:
    with pytest.raises(EngineError, match="another digest"):
        described(f"opa@{OTHER}", {"Id": "sha256:" + "1" * 64, "RepoDigests": ["opa@sha256:" + "2" * 64]})


@pytest.mark.parametrize(
    ("reference", "name", "pinned"),
    [
        ("host:5000/opa:1.19", f"host:5000/opa@{OTHER}", False),
        ("opa", f"host:5000/opa@{OTHER}", False),
        (f"host:5000/opa@{OTHER}", f"host:5000/opa@{OTHER}", True),
        (f"host:5000/opa:1.19@{OTHER}", f"host:5000/opa@{OTHER}", True),
    ],
)
def test_a_reference_becomes_a_name_with_a_digest(reference: str, name: str, pinned: bool) -> None:
    image = described(reference, {"Id": "1" * 64, "RepoDigests": [f"host:5000/opa@{OTHER}"]})

    assert (image.id, image.name, image.digest, image.pinned) == ("sha256:" + "1" * 64, name, OTHER, pinned)


def test_an_image_that_no_repository_has_is_known_by_its_id() -> None:
    image = described("mine", {"Id": OTHER, "RepoDigests": None})

    assert (image.name, image.digest, image.pinned) == (OTHER, OTHER, False)
