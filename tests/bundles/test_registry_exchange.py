"""What is sent to a registry, and to whom: tokens as hosted registries want them, and credentials that go nowhere else."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx
import pytest

from policyctl.bundles import registry
from policyctl.bundles.artefact import pull, push
from policyctl.bundles.build import build
from policyctl.bundles.reference import Credentials, Reference, credentials, parse
from policyctl.bundles.registry import Registry, digest_of
from policyctl.model.errors import RegistryError, UsageError

PLACE = parse("registry.example.org/team/policy:12")
SECRET = Credentials("ci", "correct-horse")
BUNDLE = build("policyctl", {"policyctl/main/main.rego": b"package policyctl.main\n"}, {"name": "policyctl"})
Answer = Callable[[httpx.Request], httpx.Response]


def asked(answer: Answer, credentials: Credentials = SECRET) -> Registry:
    return Registry(PLACE, credentials, transport=httpx.MockTransport(answer))


def artefact(layer: bytes = BUNDLE.archive, type: str = "application/vnd.oci.image.layer.v1.tar+gzip") -> bytes:
    return json.dumps({"layers": [{"mediaType": type, "digest": digest_of(layer)}]}).encode()


def served(request: httpx.Request) -> httpx.Response:
    manifest = "/manifests/" in request.url.path
    return httpx.Response(200, content=artefact() if manifest else BUNDLE.archive)


def guarded(realm: str, seen: list[httpx.Request], token: object = "t0ken") -> Answer:
    """A registry that wants a token of `realm`, as hosted ones do."""

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.path == "/token":
            return httpx.Response(200, json={"token": token})
        if request.headers.get("Authorization") == "Bearer t0ken":
            return served(request)
        challenge = f'Bearer realm="{realm}",service="registry",scope="repository:team/policy:pull"'
        return httpx.Response(401, headers={"WWW-Authenticate": challenge})

    return answer


def test_a_token_is_fetched_with_the_credentials_and_used() -> None:
    seen: list[httpx.Request] = []
    with asked(guarded("https://auth.example.org/token", seen)) as opened:
        archive, digest = pull(opened, PLACE)

    assert archive == BUNDLE.archive
    assert digest == digest_of(artefact())
    (token,) = (request for request in seen if request.url.path == "/token")
    assert dict(token.url.params) == {"service": "registry", "scope": "repository:team/policy:pull"}
    assert token.headers["Authorization"] == SECRET.basic
    assert [r.url.path for r in seen if r.headers.get("Authorization") == "Bearer t0ken"] == [
        "/v2/team/policy/manifests/12",
        f"/v2/team/policy/blobs/{digest_of(BUNDLE.archive)}",
    ]


def test_nothing_is_sent_before_it_is_asked_for() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return served(request)

    with asked(answer) as opened:
        pull(opened, PLACE)

    assert all("Authorization" not in request.headers for request in seen)


@pytest.mark.parametrize(
    ("realm", "why"),
    [
        ("http://auth.example.org/token", "gives tokens without TLS"),
        ("", "without TLS"),
        ("https://a.example.org:x/", "no place"),
    ],
)
def test_credentials_are_not_sent_to_a_place_without_tls(realm: str, why: str) -> None:
    seen: list[httpx.Request] = []
    with asked(guarded(realm, seen)) as opened, pytest.raises(RegistryError, match=why):
        pull(opened, PLACE)

    assert all("Authorization" not in request.headers for request in seen)


@pytest.mark.parametrize("token", [None, "", 7, ["t0ken"]])
def test_a_token_that_is_none_lets_nobody_in(token: object) -> None:
    with (
        asked(guarded("https://auth.example.org/token", [], token)) as opened,
        pytest.raises(RegistryError, match="401"),
    ):
        pull(opened, PLACE)


def test_where_another_host_has_the_bytes_it_does_not_see_the_credentials() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.host == "cdn.example.org":
            return httpx.Response(200, content=BUNDLE.archive)
        if "Authorization" not in request.headers:
            return httpx.Response(401, headers={"WWW-Authenticate": 'Basic realm="x"'})
        if "/blobs/" in request.url.path:
            return httpx.Response(307, headers={"Location": "https://cdn.example.org/there"})
        return httpx.Response(200, content=artefact())

    with asked(answer) as opened:
        assert pull(opened, PLACE)[0] == BUNDLE.archive
    assert ["Authorization" in r.headers for r in seen if r.url.host == "cdn.example.org"] == [False]


@pytest.mark.parametrize(
    "location", ["http://cdn.example.org/there", "http://registry.example.org/x", "https://a:x/", ""]
)
def test_being_led_away_from_tls_is_refused(location: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if "/blobs/" in request.url.path:
            return httpx.Response(307, headers={"Location": location})
        return httpx.Response(200, content=artefact())

    with asked(answer) as opened, pytest.raises(RegistryError):
        pull(opened, PLACE)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{}",
        b"[]",
        b"[" * 100_000,
        b'{"layers": [7]}',
        b'{"layers": []}',
        b'{"layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "md5:0"}]}',
        artefact(type="application/vnd.docker.image.rootfs.diff.tar.gzip"),
        artefact().replace(b"]", b", " + artefact()[len(b'{"layers": [') : -2] + b"]"),
    ],
)
def test_an_artefact_that_is_no_bundle_is_refused(manifest: bytes) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=manifest)

    with asked(answer) as opened, pytest.raises(RegistryError, match="is no bundle"):
        pull(opened, PLACE)


def test_other_bytes_than_were_named_are_refused() -> None:
    by_digest = Reference(PLACE.host, PLACE.name, "latest", f"sha256:{'0' * 64}")
    with asked(served) as opened, pytest.raises(RegistryError, match="gave other bytes"):
        pull(opened, by_digest)

    def another(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=artefact() if "/manifests/" in request.url.path else b"other")

    with asked(another) as opened, pytest.raises(RegistryError, match="gave other bytes"):
        pull(opened, PLACE)


def test_an_answer_without_end_is_not_read_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "LONGEST_MANIFEST", 1000)
    with (
        asked(lambda _: httpx.Response(200, content=b"x" * 2000)) as opened,
        pytest.raises(RegistryError, match="more than"),
    ):
        pull(opened, PLACE)


def test_a_registry_that_cannot_be_reached_is_a_sentence() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused", request=request)

    with asked(answer) as opened, pytest.raises(RegistryError, match=r"registry.example.org cannot be asked") as caught:
        push(BUNDLE, opened, PLACE)
    assert caught.value.exit_code == 2


def test_what_is_there_is_not_sent_again() -> None:
    sent: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        return httpx.Response(200 if request.method == "HEAD" else 201)

    with asked(answer) as opened:
        push(BUNDLE, opened, PLACE)

    assert sent == ["HEAD", "HEAD", "PUT"]


def test_a_digest_is_no_place_to_push_to() -> None:
    with asked(served) as opened, pytest.raises(RegistryError, match="a digest comes of what is pushed"):
        push(BUNDLE, opened, parse(f"registry.example.org/policy@sha256:{'0' * 64}"))


def test_plain_http_is_for_this_machine() -> None:
    with pytest.raises(RegistryError, match="is not this machine"):
        Registry(PLACE, SECRET, plain=True)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("registry.example.org/policy", Reference("registry.example.org", "policy", "latest")),
        ("oci://127.0.0.1:5000/team/policy:v1.2", Reference("127.0.0.1:5000", "team/policy", "v1.2")),
        ("[::1]:5000/policy:1", Reference("[::1]:5000", "policy", "1")),
        (f"r.io/p:1@sha256:{'a' * 64}", Reference("r.io", "p", "1", f"sha256:{'a' * 64}")),
    ],
)
def test_a_place_as_people_write_it(text: str, place: Reference) -> None:
    assert parse(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "policy",
        "r.io/",
        "r.io/Policy",
        "r.io/p:",
        "r.io/p@sha256:1",
        "https://r.io/p",
        "r.io/../p",
        "u:p@r.io/p",
        "r.io/p?x=1",
    ],
)
def test_what_names_no_place(text: str) -> None:
    with pytest.raises(UsageError, match="names no place"):
        parse(text)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost:5000", True),
        ("127.0.0.1", True),
        ("[::1]:5000", True),
        ("10.0.0.1:80", False),
        ("localhost.example.org", False),
    ],
)
def test_which_registries_are_on_this_machine(host: str, here: bool) -> None:
    assert Reference(host, "p", "1").loopback is here


def test_a_password_is_never_shown() -> None:
    assert "correct-horse" not in repr(SECRET)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"auths": {"r.io": {"auth": "%"}}}', '{"auths": {"r.io": {}}}'])
def test_a_file_of_docker_that_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.json").write_text(text)

    assert credentials("r.io", {"DOCKER_CONFIG": str(tmp_path)}) == Credentials()


def test_the_variables_come_before_the_file(tmp_path: Path) -> None:
    auth = base64.b64encode(b"me:it").decode()
    (tmp_path / "config.json").write_text(json.dumps({"auths": {"r.io": {"auth": auth}}}))
    file: Mapping[str, str] = {"DOCKER_CONFIG": str(tmp_path)}

    assert credentials("r.io", file) == Credentials("me", "it")
    assert credentials("other.io", file) == Credentials()
    assert credentials("r.io", {**file, "POLICYCTL_REGISTRY_PASSWORD": "pw"}) == Credentials("", "pw")
