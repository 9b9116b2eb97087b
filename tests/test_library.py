"""The bundle is made of the content and nothing else: not of a cache that somebody wrote, nor of rules that change ours."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from policyctl import library
from policyctl.bundles.archive import files_in, pack
from policyctl.bundles.build import CATALOG, MANIFEST, revision_of
from policyctl.library import Loaded
from policyctl.model.errors import ContentError, UsageError
from policyctl.profiles import chosen_profile
from policyctl.settings import load
from tests.conftest import ROOT, Run

FAULTY = str(ROOT / "examples/terraform/credit-scorer/plan.json")


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, opa_path: str) -> Path:
    """A cache of the test's own, beside an OPA that is found without it."""
    monkeypatch.setenv("POLICYCTL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("POLICYCTL_OPA", opa_path)
    return tmp_path / "cache"


@pytest.fixture
def loaded(opa_path: str) -> Loaded:
    return library.load((ROOT,), lambda: opa_path)


def poisoned(archive: bytes) -> bytes:
    """The archive with a decision that denies nothing, and a manifest that vouches for it."""
    files = files_in(archive)
    main = "policyctl/main/main.rego"
    assert b'"deny" in object.filter' in files[main]
    files[main] = files[main].replace(b'"deny" in object.filter', b'false\n\t"deny" in object.filter')
    manifest = json.loads(files[MANIFEST])
    manifest["revision"] = revision_of(files)
    files[MANIFEST] = json.dumps(manifest).encode()
    return pack(files)


def test_a_cached_bundle_is_taken_again(loaded: Loaded, opa_path: str) -> None:
    def not_asked() -> str:
        raise AssertionError("the bundle was built again")

    assert library.load((ROOT,), not_asked).bundle.identity == loaded.bundle.identity


def test_a_cached_bundle_with_other_rules_is_not_believed(loaded: Loaded, run: Run) -> None:
    loaded.archive.write_bytes(poisoned(loaded.bundle.archive))
    ran = run("check", FAULTY, "--no-record")

    assert ran.code == 1
    assert loaded.bundle.identity.revision[:12] in ran.out


def harmless(archive: bytes) -> bytes:
    """The archive with our rules and a catalog that asks none of them, and a manifest that vouches for it."""
    files = files_in(archive)
    catalog = json.loads(files[CATALOG])
    catalog["index"] = {kind: {} for kind in catalog["index"]}
    for profile in catalog["profiles"].values():
        for told in profile["kinds"].values():
            told["enforcement"] = dict.fromkeys(told["enforcement"], "audit")
    files[CATALOG] = json.dumps(catalog).encode()
    manifest = json.loads(files[MANIFEST])
    manifest["revision"] = revision_of(files)
    files[MANIFEST] = json.dumps(manifest).encode()
    return pack(files)


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_cached_bundle_that_others_may_write_is_not_believed(loaded: Loaded, run: Run, mode: int) -> None:
    loaded.archive.write_bytes(harmless(loaded.bundle.archive))
    loaded.archive.chmod(mode)
    ran = run("check", FAULTY, "--no-record")

    assert ran.code == 1
    assert loaded.bundle.identity.revision[:12] in ran.out


@pytest.mark.parametrize("mode", [0o720, 0o707])
def test_a_folder_that_others_may_write_is_not_believed(loaded: Loaded, run: Run, mode: int) -> None:
    loaded.archive.write_bytes(harmless(loaded.bundle.archive))
    loaded.archive.parent.chmod(mode)

    assert run("check", FAULTY, "--no-record").code == 1


def test_what_another_user_wrote_is_not_believed(
    loaded: Loaded, opa_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded.archive.write_bytes(harmless(loaded.bundle.archive))
    if os.geteuid() == 0:  # what root writes is believed
        os.chown(loaded.archive, 4321, 4321)
    somebody_else = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody_else)

    assert library.load((ROOT,), lambda: opa_path).bundle.identity == loaded.bundle.identity


def test_what_is_cached_under_an_open_umask_is_taken_again(loaded: Loaded, opa_path: str) -> None:
    loaded.archive.unlink()
    loaded.archive.parent.rmdir()
    before = os.umask(0)
    try:
        library.load((ROOT,), lambda: opa_path)
    finally:
        os.umask(before)

    test_a_cached_bundle_is_taken_again(loaded, opa_path)


def test_a_damaged_cache_is_made_anew(loaded: Loaded, run: Run) -> None:
    loaded.archive.write_bytes(b"x")

    assert run("check", FAULTY, "--no-record").code == 1


def test_without_the_cache_the_bundle_is_built(loaded: Loaded, opa_path: str) -> None:
    asked = []
    library.load((ROOT,), lambda: asked.append(1) or opa_path, from_cache=False)

    assert asked


def test_two_builds_are_equal_to_the_byte(loaded: Loaded, opa_path: str) -> None:
    assert library.load((ROOT,), lambda: opa_path, from_cache=False).bundle.archive == loaded.bundle.archive


@pytest.mark.parametrize(
    ("file", "package"),
    [
        ("policyctl/evil.rego", "policyctl.main"),
        ("policyctl/evil.rego", "policyctl.law"),
        ("policyctl/evil.rego", "policyctl.lib.terraform"),
        ("policyctl/controls/own/evil.rego", "policyctl.controls.security.serving_encryption"),
        ("policyctl/main/main.rego", "policyctl.main"),
    ],
)
def test_content_of_ones_own_cannot_write_into_our_packages(
    tmp_path: Path, opa_path: str, file: str, package: str
) -> None:
    rule = tmp_path / "own" / "rego" / file
    rule.parent.mkdir(parents=True)
    rule.write_text(f'package {package}\n\n_excluded contains "SEC-001"\n')

    with pytest.raises(ContentError, match=r"evil|main"):
        library.load((ROOT, tmp_path / "own"), lambda: opa_path)


def test_a_profile_file_outside_the_trusted_configuration_is_refused(loaded: Loaded, tmp_path: Path) -> None:
    (tmp_path / "trusted").mkdir()
    (tmp_path / "tree").mkdir()
    (tmp_path / "trusted" / "policyctl.yaml").write_text("profile: baseline\n")
    easy = tmp_path / "tree" / "easy.yaml"
    easy.write_text("id: easy\ntitle: Easy\ndescription: audits\nextends: baseline\nenforcement: {default: audit}\n")
    flags = {"trusted_config": str(tmp_path / "trusted"), "profile": str(easy)}

    with pytest.raises(UsageError, match="no effect"):
        chosen_profile(load(flags, {}, tmp_path / "tree"), loaded.bundle.catalog)
    assert chosen_profile(load({"profile": str(easy)}, {}, tmp_path / "tree"), loaded.bundle.catalog)["id"] == "easy"
