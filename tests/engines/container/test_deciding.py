"""An OPA in a container answers like a managed one, and is known by its image's digest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import docker
import pytest

from policyctl.engines.binary import Binary
from policyctl.engines.container import ContainerEngine
from policyctl.engines.container_image import look_up
from policyctl.engines.container_start import create
from policyctl.engines.open import open_engine
from policyctl.model.errors import EngineError, EvaluationError

pytestmark = pytest.mark.servers


def digest_of(client: docker.DockerClient, image: str) -> str:
    """As `container:` takes it: Docker knows an image that was built here by its id only."""
    found = client.images.get(image)
    return str(next(iter(found.attrs["RepoDigests"]), found.id))


def test_each_document_gets_its_answer_in_order(
    opa: Binary,
    client: docker.DockerClient,
    images: Callable[..., str],
    build: Callable[..., Any],
    document: Callable[..., Any],
) -> None:
    with open_engine(*build(), print, image=images(opa)) as engine:
        answers = engine.decide([document(number, owner="ml" if number % 2 else "") for number in range(250)])
        identity = engine.identity()

    assert [answer["outcome"] for answer in answers] == ["deny", "allow"] * 125
    assert (identity.kind, identity.version) == ("container", opa.version)


def test_the_digest_of_an_image_that_was_named_by_a_tag_is_recorded_as_asserted(
    sidecar: ContainerEngine, client: docker.DockerClient, image: str
) -> None:
    identity, pinned = sidecar.identity(), digest_of(client, image)

    assert identity.trust == "asserted"
    assert identity.address == f"container:{pinned}"
    assert identity.sha256 == pinned.rpartition(":")[2]


@pytest.mark.parametrize("by", ["repository", "id"])
def test_an_image_that_was_named_by_its_digest_is_verified(
    client: docker.DockerClient, image: str, build: Callable[..., Any], by: str
) -> None:
    name = digest_of(client, image) if by == "repository" else str(client.images.get(image).id)
    with ContainerEngine(name, *build()) as engine:
        identity = engine.identity()

    assert identity.trust == "verified"
    assert identity.sha256 == name.rpartition(":")[2]


def test_a_tag_that_moves_meanwhile_changes_nothing(
    client: docker.DockerClient, images: Callable[..., str], pinned_opa: Binary
) -> None:
    client.images.get(images(pinned_opa)).tag("localhost/moving", "1")
    image = look_up(client, "localhost/moving:1")
    client.images.get(images(pinned_opa, '["/opa", "version"]')).tag("localhost/moving", "1")
    container = create(client, image)

    assert container.attrs["Image"] == image.id
    assert client.images.get("localhost/moving:1").id != image.id


def test_proxies_of_the_environment_have_no_part_in_it(
    image: str, build: Callable[..., Any], document: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy would get the token, and nothing listens at this one."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with ContainerEngine(image, *build()) as engine:
        assert engine.decide([document()])[0]["outcome"] == "allow"


def test_a_failing_built_in_is_an_error_that_names_the_rule(
    sidecar: ContainerEngine, document: Callable[..., Any]
) -> None:
    with pytest.raises(EvaluationError, match=r"time\.parse_rfc3339_ns") as caught:
        sidecar.decide([document(1), document(2, deadline="tomorrow")])

    assert caught.value.files[0] == "policyctl/controls/test/deadline/deadline.rego"


def test_two_at_once_do_not_disturb_each_other(
    image: str, build: Callable[..., Any], document: Callable[..., Any]
) -> None:
    with ContainerEngine(image, *build("r1")) as one, ContainerEngine(image, *build("r2")) as two:
        assert one.decide([document(1)])[0]["outcome"] == "allow"
        assert two.decide([document(2, owner="")])[0]["outcome"] == "deny"
        one.close()
        assert two.decide([document(3)])[0]["outcome"] == "allow"


def test_a_closed_engine_says_so(sidecar: ContainerEngine, document: Callable[..., Any]) -> None:
    sidecar.close()
    sidecar.close()

    with pytest.raises(EngineError, match="closed"):
        sidecar.decide([document()])
