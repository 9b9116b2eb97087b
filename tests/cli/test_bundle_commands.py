"""`policyctl bundle`: what its commands print, write and refuse."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest

from policyctl.bundles.build import Bundle
from tests.bundles.conftest import keys, own
from tests.conftest import ROOT, Run

__all__ = ["keys", "own"]


@pytest.fixture
def archive(own: Bundle, tmp_path: Path) -> Path:
    (tmp_path / "policy.tar.gz").write_bytes(own.archive)
    return tmp_path / "policy.tar.gz"


def test_inspect_tells_what_an_archive_holds(run: Run, archive: Path, own: Bundle) -> None:
    told = json.loads(run("bundle", "inspect", str(archive), "--output", "json").out)

    assert (told["name"], told["revision"]) == ("policyctl", own.identity.revision)
    assert (told["digest"], told["bytes"]) == (own.identity.sha256, len(own.archive))
    assert (told["sequence"], told["signature"]) == (None, None)
    assert told["counts"]["controls"] == len(own.catalog["controls"])
    assert told["counts"]["rules"] == len([path for path in own.files if path.endswith(".rego")])
    assert {one["path"]: one["bytes"] for one in told["files"]} == {path: len(text) for path, text in own.files.items()}


def test_inspect_without_a_file_tells_of_the_bundle_that_decides_here(run: Run, own: Bundle) -> None:
    ran = run("bundle", "inspect")

    assert ran.code == 0
    assert f"revision  {own.identity.revision}" in ran.out
    assert "signed    no" in ran.out
    assert "policyctl/main/main.rego" in ran.out


def test_inspect_tells_of_a_signature_and_that_it_did_not_verify_it(run: Run, archive: Path, keys: Path) -> None:
    run("bundle", "sign", str(archive), "--key", str(keys / "p384.pem"), "--sequence", "4")
    ran = run("bundle", "inspect", str(archive))

    assert "number    4" in ran.out
    assert "signed    ES384, by the key sha256:" in ran.out
    assert "not verified" in ran.out


def test_what_is_signed_verifies_with_the_public_half(run: Run, archive: Path, tmp_path: Path) -> None:
    key = tmp_path / "signer.pem"
    signed = run("bundle", "sign", str(archive), "--key", str(key), "--generate-key", "--sequence", "2")
    ran = run("bundle", "verify", str(archive), "--key", f"{key}.pub")

    assert signed.code == 0, signed.err
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert (ran.code, ran.out) == (0, signed.out)
    assert "number 2, signed by sha256:" in ran.out


def test_verify_refuses_another_key_and_an_unsigned_bundle(run: Run, archive: Path, keys: Path) -> None:
    unsigned = run("bundle", "verify", str(archive), "--key", str(keys / "rsa.pub"))
    run("bundle", "sign", str(archive), "--key", str(keys / "rsa.pem"))
    other = run("bundle", "verify", str(archive), "--key", str(keys / "p256.pub"))

    assert (unsigned.code, unsigned.out) == (4, "")
    assert "the bundle is not signed" in unsigned.err
    assert (other.code, other.out) == (4, "")
    assert "is not signed by" in other.err


def test_verify_holds_the_number_against_the_least_configured(
    run: Run, archive: Path, keys: Path, tmp_path: Path
) -> None:
    (tmp_path / "trusted").mkdir()
    told = {"bundle_key": str(keys / "rsa.pub"), "bundle_sequence_min": 3}
    (tmp_path / "trusted" / "policyctl.yaml").write_text(json.dumps(told))
    codes = {}
    for number in (2, 3):
        run("bundle", "sign", str(archive), "--key", str(keys / "rsa.pem"), "--sequence", str(number))
        codes[number] = run("bundle", "verify", str(archive), "--trusted-config", str(tmp_path / "trusted")).code

    assert codes == {2: 4, 3: 0}


def test_verify_without_any_key_is_a_usage_error(run: Run, archive: Path) -> None:
    assert run("bundle", "verify", str(archive)).code == 2


def test_a_number_only_grows_and_stays_where_none_is_named(run: Run, archive: Path, keys: Path) -> None:
    key = ["--key", str(keys / "p256.pem")]
    run("bundle", "sign", str(archive), *key, "--sequence", "5")
    lower = run("bundle", "sign", str(archive), *key, "--sequence", "4")
    again = run("bundle", "sign", str(archive), *key)

    assert lower.code == 2
    assert "has the number 5 already" in lower.err
    assert "number 5, signed by" in again.out


def test_the_key_may_come_from_the_environment(
    run: Run, archive: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = run("bundle", "sign", str(archive))
    monkeypatch.setenv("POLICYCTL_BUNDLE_SIGNING_KEY", (keys / "p256.pem").read_text())
    monkeypatch.setenv("POLICYCTL_BUNDLE_KEY", (keys / "p256.pub").read_text())

    assert without.code == 2
    assert "no key to sign with" in without.err
    assert run("bundle", "sign", str(archive)).code == 0
    assert run("bundle", "verify", str(archive)).code == 0


def test_a_key_of_the_environment_is_not_shown(run: Run, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYCTL_BUNDLE_KEY", (keys / "p256.pem").read_text())
    shown = run("config", "show")
    refused = run("check", "README.md", "--bundle", "README.md")

    assert "bundle_key           (a key's text, not shown)" in shown.out
    assert refused.code == 4
    assert "BEGIN" not in shown.out + refused.err


def test_a_key_is_never_overwritten(run: Run, archive: Path, keys: Path) -> None:
    before = (keys / "p256.pem").read_bytes()
    ran = run("bundle", "sign", str(archive), "--key", str(keys / "p256.pem"), "--generate-key")

    assert ran.code == 2
    assert (keys / "p256.pem").read_bytes() == before


def test_what_cannot_be_signed_stays_as_it_is(run: Run, archive: Path, keys: Path) -> None:
    before = archive.read_bytes()
    wrong = run("bundle", "sign", str(archive), "--key", str(keys / "p256.pem"), "--algorithm", "RS256")

    assert wrong.code == 2
    assert "does not sign with RS256" in wrong.err
    assert archive.read_bytes() == before
    assert run("bundle", "sign", "README.md", "--key", str(keys / "p256.pem")).code == 2
    assert run("bundle", "sign", str(archive.parent / "missing"), "--key", str(keys / "p256.pem")).code == 2


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of our content folders, in which one control is of a higher severity."""
    folder = tmp_path / "content"
    for name in ("controls_catalog", "mappings", "rego", "bundles"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("dist", "*_test.rego"))
    licence = folder / "controls_catalog/supply_chain/licence.yaml"
    licence.write_text(licence.read_text().replace("severity: high", "severity: critical"))
    return folder


def test_diff_of_an_archive_and_a_content_folder(run: Run, archive: Path, content: Path) -> None:
    ran = run("bundle", "diff", str(archive), str(content))
    told = json.loads(run("bundle", "diff", str(archive), str(content), "-o", "json").out)
    table = run("bundle", "diff", str(archive), str(content), "-o", "markdown").out

    assert ran.code == 0
    assert "stricter  control  SUP-005" in ran.out
    assert "severity high -> critical" in ran.out
    assert told["summary"]["control"] == {"stricter": 1}
    assert {"part": "control", "id": "SUP-005", "change": "stricter", "text": "severity high -> critical"} in told[
        "changes"
    ]
    assert "| stricter | control | SUP-005 | severity high -> critical |" in table


def test_diff_of_our_own_bundle_with_itself_says_so(run: Run, archive: Path) -> None:
    ran = run("bundle", "diff", str(archive), "-")

    assert ran.code == 0
    assert "nothing is different for a user" in ran.out


def test_a_folder_without_a_definition_is_content_beside_ours(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own" / "controls_catalog" / "profiles"
    own.mkdir(parents=True)
    (own / "acme.yaml").write_text("id: acme\ntitle: Acme's\ndescription: as ours\nextends: baseline\n")
    told = json.loads(run("bundle", "diff", "-", str(tmp_path / "own"), "-o", "json").out)

    assert [(one["part"], one["id"], one["change"]) for one in told["changes"]] == [("profile", "acme", "added")]


@pytest.mark.parametrize("command", [["diff", "README.md", "-"], ["inspect", "README.md"], ["diff", "missing", "-"]])
def test_what_is_no_bundle_is_refused_with_a_sentence(run: Run, command: list[str]) -> None:
    ran = run("bundle", *command)

    assert (ran.code, ran.out) == (2, "")
    assert "policyctl: " in ran.err


def test_an_own_profile_extends_those_of_the_bundle_that_decides(run: Run, archive: Path, tmp_path: Path) -> None:
    acme = tmp_path / "acme.yaml"
    acme.write_text("id: acme\ntitle: Acme's\ndescription: as ours\nextends: baseline\n")
    card = str(ROOT / "examples/model_cards/bloom.md")
    told = run("check", card, "--profile", str(acme), "--bundle", str(archive), "--no-record", "-o", "json")
    ours = run("check", card, "--no-record", "-o", "json")

    assert [d["answer"] for d in _decisions(told.out)] == [d["answer"] for d in _decisions(ours.out)]


def _decisions(report: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(report)["decisions"]
    return [{"answer": [(r["control"], r["status"], r["enforcement"]) for r in one["results"]]} for one in found]
