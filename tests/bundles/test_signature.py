"""Signatures as OPA makes and verifies them: what we sign the real OPA accepts, what it signs we accept, and both refuse the same."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from policyctl.bundles import tokens
from policyctl.bundles.archive import files_in, pack
from policyctl.bundles.build import CATALOG, MANIFEST, SIGNATURES, Bundle, build, numbered, unpack
from policyctl.bundles.keys import ALGORITHMS, private_key
from policyctl.bundles.signature import claimed, digest, require_signed, sign
from policyctl.model.errors import UntrustedBundle, UsageError
from tests.bundles.conftest import OpaSays

MAIN = "policyctl/main/main.rego"
FITTING = {"RS": "rsa", "PS": "rsa", "ES256": "p256", "ES384": "p384", "ES512": "p521"}


Change = Callable[[dict[str, bytes]], dict[str, bytes]]


@pytest.fixture(scope="session")
def small() -> Bundle:
    """A bundle of two rules: OPA reads it in no time."""
    rules = {
        MAIN: b"package policyctl.main\n\na := 1\n",
        "policyctl/law/law.rego": b"package policyctl.law\n\nb := 2\n",
    }
    return build("policyctl", rules, {"severity": "critical", "least": 0.8, "title": "Größe"})


def key_for(algorithm: str) -> str:
    return FITTING.get(algorithm) or FITTING[algorithm[:2]]


def signed(bundle: Bundle, key: Path, algorithm: str = "", sequence: int | None = 7) -> dict[str, bytes]:
    """The bundle's files with a number and a signature."""
    files = numbered(bundle, sequence)
    return {**files, SIGNATURES: sign(files, str(key), algorithm)[0]}


def token_of(files: dict[str, bytes]) -> str:
    return str(json.loads(files[SIGNATURES])["signatures"][0])


def with_token(files: dict[str, bytes], token: str) -> dict[str, bytes]:
    return {**files, SIGNATURES: json.dumps({"signatures": [token]}).encode()}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_opa_accepts_what_we_sign(small: Bundle, keys: Path, tmp_path: Path, opa_says: OpaSays, algorithm: str) -> None:
    archive = tmp_path / "bundle.tar.gz"
    archive.write_bytes(pack(signed(small, keys / f"{key_for(algorithm)}.pem", algorithm)))

    assert opa_says(archive, keys / f"{key_for(algorithm)}.pub", algorithm) == ""


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_we_accept_what_opa_signs(small: Bundle, keys: Path, tmp_path: Path, opa: str, algorithm: str) -> None:
    archive, key = tmp_path / "bundle.tar.gz", keys / f"{key_for(algorithm)}.pem"
    archive.write_bytes(small.archive)
    command = [opa, "sign", "--bundle", str(archive), "--signing-key", str(key), "--signing-alg", algorithm]
    subprocess.run([*command, "-o", str(tmp_path)], check=True)
    files = {**small.files, SIGNATURES: (tmp_path / SIGNATURES).read_bytes()}

    assert require_signed(files, str(key.with_suffix(".pub"))).startswith("sha256:")
    assert claimed(files).algorithm == algorithm


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_we_accept_what_we_sign(small: Bundle, keys: Path, algorithm: str) -> None:
    files = signed(small, keys / f"{key_for(algorithm)}.pem", algorithm)
    name = require_signed(files, str(keys / f"{key_for(algorithm)}.pub"))

    assert claimed(files).key == name
    assert set(claimed(files).files) == set(files) - {SIGNATURES}
    assert unpack(pack(files)).sequence == 7


def changed(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, MAIN: files[MAIN] + b"\n"}


def changed_catalog(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, CATALOG: files[CATALOG].replace(b'"severity":"critical"', b'"severity":"low"', 1)}


def changed_number(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, MANIFEST: files[MANIFEST].replace(b'"sequence": 7', b'"sequence": 8')}


def extra(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, "policyctl/evil.rego": b"package policyctl.evil\n"}


def lacking(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: text for path, text in files.items() if path != MAIN}


def unsigned(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: text for path, text in files.items() if path != SIGNATURES}


BAD = {
    "is not the one that was signed": (changed, changed_catalog, changed_number),
    "holds a file that was not signed: policyctl/evil.rego": (extra,),
    "lacks a file that was signed: policyctl/main/main.rego": (lacking,),
    "is not signed": (unsigned,),
}


@pytest.mark.parametrize(("why", "change"), [(why, change) for why, changes in BAD.items() for change in changes])
def test_what_was_changed_is_refused_by_us_and_by_opa(
    small: Bundle, keys: Path, tmp_path: Path, opa_says: OpaSays, why: str, change: Change
) -> None:
    files = change(signed(small, keys / "rsa.pem"))
    archive = tmp_path / "bundle.tar.gz"
    archive.write_bytes(pack(files))

    with pytest.raises(UntrustedBundle, match=why) as caught:
        require_signed(files, str(keys / "rsa.pub"))
    assert caught.value.exit_code == 4
    assert opa_says(archive, keys / "rsa.pub", "RS256") != ""


def test_another_key_is_refused_by_us_and_by_opa(small: Bundle, keys: Path, tmp_path: Path, opa_says: OpaSays) -> None:
    files = signed(small, keys / "p256.pem")
    (tmp_path / "bundle.tar.gz").write_bytes(pack(files))

    for other in ("other", "rsa", "p384"):
        with pytest.raises(UntrustedBundle, match="is not signed by"):
            require_signed(files, str(keys / f"{other}.pub"))
    assert "verif" in opa_says(tmp_path / "bundle.tar.gz", keys / "other.pub", "ES256")


@pytest.mark.parametrize("algorithm", ["none", "HS256", "ES384", "EdDSA"])
def test_a_token_that_names_an_algorithm_of_its_own_choice_is_refused(
    small: Bundle, keys: Path, algorithm: str
) -> None:
    """HS256 with the public key as the secret is how algorithms are confused: anybody has the public key."""
    files = signed(small, keys / "rsa.pem")
    _, payload, _ = token_of(files).split(".")
    header = base64.urlsafe_b64encode(json.dumps({"alg": algorithm}).encode()).rstrip(b"=").decode()
    secret = (keys / "rsa.pub").read_bytes()
    made = hmac.new(secret, f"{header}.{payload}".encode(), hashlib.sha256).digest()
    signature = "" if algorithm == "none" else base64.urlsafe_b64encode(made).rstrip(b"=").decode()

    with pytest.raises(UntrustedBundle, match=r"is not signed by .*rsa\.pub"):
        require_signed(with_token(files, f"{header}.{payload}.{signature}"), str(keys / "rsa.pub"))


def resigned(files: dict[str, bytes], key: Path, /, **claims: object) -> dict[str, bytes]:
    """Signed by the right key, with other claims."""
    _, payload = tokens.claimed(token_of(files))
    return with_token(files, tokens.make(private_key(str(key)), "ES256", {"typ": "JWT"}, {**payload, **claims}))


def test_a_signature_for_a_scope_is_refused_by_us_and_by_opa(
    small: Bundle, keys: Path, tmp_path: Path, opa_says: OpaSays
) -> None:
    files = resigned(signed(small, keys / "p256.pem"), keys / "p256.pem", scope="write")
    (tmp_path / "bundle.tar.gz").write_bytes(pack(files))

    with pytest.raises(UntrustedBundle, match="for the scope 'write' only"):
        require_signed(files, str(keys / "p256.pub"))
    assert "scope mismatch" in opa_says(tmp_path / "bundle.tar.gz", keys / "p256.pub", "ES256")


@pytest.mark.parametrize(
    "listed",
    [
        None,
        {},
        [{"name": MAIN}],
        [7],
        [{"name": MAIN, "hash": "00", "algorithm": "MD5"}],
        [{"name": MAIN, "hash": "00", "algorithm": "SHA-256"}] * 2,
    ],
)
def test_a_list_of_files_that_is_none_is_refused(small: Bundle, keys: Path, listed: object) -> None:
    files = resigned(signed(small, keys / "p256.pem"), keys / "p256.pem", files=listed)

    with pytest.raises(UntrustedBundle):
        require_signed(files, str(keys / "p256.pub"))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"signatures": []}',
        b'{"signatures": ["a.b"]}',
        b'{"signatures": ["a.b.c"]}',
        b'{"signatures": [7]}',
        b'{"signatures": ["a.b.c", "a.b.c"]}',
        b'{"signatures": ["e30.e30."], "plugin": "mine"}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_what_is_no_signature_is_refused(small: Bundle, keys: Path, text: bytes) -> None:
    files = {**small.files, SIGNATURES: text}

    with pytest.raises(UntrustedBundle):
        require_signed(files, str(keys / "rsa.pub"))
    with pytest.raises(UntrustedBundle):
        claimed(files)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1.0, "b": [1e5, -0, 12345678901234567890, 0.1], "c": null}',
        '{"ü": "\\u00fc", "line": "\\u2028\\u2029", "html": "<&>", "tab": "\\t\\b\\f\\u0001\\u007f"}'.encode(),
        b' { "z" : [ ] , "y" : { } , "x" : [true, false, null] } ',
        '{"\U0001f600": 1, "\uffff": 2, "a": 3, "A": 4, "": 5}'.encode(),
    ],
)
def test_data_is_digested_as_opa_digests_it(opa: str, keys: Path, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "data.json").write_bytes(data)
    command = [opa, "sign", "--bundle", ".", "--signing-key", str(keys / "rsa.pem"), "-o", str(tmp_path)]
    subprocess.run(command, cwd=tmp_path / "b", check=True)
    _, payload = tokens.claimed(json.loads((tmp_path / SIGNATURES).read_text())["signatures"][0])

    assert {entry["name"]: entry["hash"] for entry in payload["files"]} == {
        "data.json": digest("data.json", data, "SHA-256")
    }


@pytest.mark.parametrize("algorithm", ["HS256", "none", "ES384", "RS256x"])
def test_a_key_does_not_sign_with_every_algorithm(small: Bundle, keys: Path, algorithm: str) -> None:
    with pytest.raises(UsageError, match="does not sign with"):
        sign(small.files, str(keys / "rsa.pem"), algorithm)


def test_a_key_may_be_given_as_text(small: Bundle, keys: Path) -> None:
    files = numbered(small, None)
    signed_by_text = {**files, SIGNATURES: sign(files, (keys / "p256.pem").read_text())[0]}

    assert require_signed(signed_by_text, (keys / "p256.pub").read_text()) == claimed(signed_by_text).key


@pytest.mark.parametrize("content", [None, b"", b"x", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_a_key_that_cannot_be_read_is_a_usage_error(small: Bundle, tmp_path: Path, content: bytes | None) -> None:
    key = tmp_path / "key"
    if content is not None:
        key.write_bytes(content)

    with pytest.raises(UsageError, match="key"):
        require_signed(small.files, str(key))
    with pytest.raises(UsageError, match="key"):
        sign(small.files, str(key))


def test_the_revision_is_of_the_content_alone(small: Bundle, keys: Path) -> None:
    files = signed(small, keys / "rsa.pem", sequence=9)

    assert unpack(pack(files)).identity.revision == small.identity.revision
    assert unpack(pack(files)).identity.sha256 != small.identity.sha256


def test_signing_changes_nothing_but_manifest_and_signature(small: Bundle, keys: Path) -> None:
    files = files_in(pack(signed(small, keys / "rsa.pem")))

    assert {path for path in files if files[path] != small.files.get(path)} == {MANIFEST, SIGNATURES}
